/**
 * One conference: a thin shell around the pure record of its legs. It adds webhooks to their legs' sets, writes SQL,
 * and keeps its alarm at the next moment at which the answer will change by itself.
 */
import type { ConferenceStatus } from "./state/census.ts";
import { Database } from "../durable/database.ts";
import { dayOf, earliest } from "../lib/time.ts";
import { legDays, maxCallMs, maxParticipants } from "../config/settings.ts";
import { LiveFeed } from "../durable/live-feed.ts";
import { Alarm } from "../durable/alarm.ts";
import { WatchedObject } from "../durable/watched-object.ts";
import { isSameCaller } from "../vonage/caller.ts";
import { Sweep } from "./effects/sweep.ts";
import { redelivery, releaseDelivery, type Delivery } from "./state/delivery.ts";
import { DirectoryLink } from "./effects/directory-link.ts";
import { Journal } from "./storage/journal.ts";
import type { Outcome } from "./state/leg/leg-set.ts";
import { LegTable } from "./storage/leg-table.ts";
import type { StoredLeg } from "./state/leg/stored-leg.ts";
import { LiveLegs } from "./storage/live-legs.ts";
import { MeetingRow } from "./storage/meeting-row.ts";
import { keptUntil } from "./effects/next-alarm.ts";
import type { Participant } from "./state/leg/participant.ts";
import { refusalOf, type Entrance } from "./state/admission-policy.ts";
import { Queries, type History, type JournalPage } from "./queries.ts";
import { receive, type Judge, type Received } from "./state/receive.ts";
import { Recordings } from "./storage/recordings.ts";
import { rosterOf, type RosterEntry } from "./state/roster.ts";
import { liveSource, type RoomState } from "./effects/live-source.ts";
import { migrations } from "./storage/schema.ts";
import { Upkeep } from "./effects/upkeep.ts";
import type { ConferenceView, ParticipantView } from "../contract/conference-view.ts";

export class Conference extends WatchedObject<RoomState> {
  readonly #db: Database;
  readonly #legs: LegTable;
  readonly #live: LiveLegs;
  readonly #journal: Journal;
  readonly #recordings: Recordings;
  readonly #meeting: MeetingRow;
  readonly #sweep: Sweep;
  readonly #upkeep: Upkeep;
  readonly #alarm: Alarm;
  readonly #queries: Queries;
  readonly #directory: DirectoryLink;
  protected override readonly feed: LiveFeed<RoomState>;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const name = this.#name();
    const db = new Database(ctx.storage, migrations);
    const legs = new LegTable(db);
    const live = new LiveLegs(legs, { maxCallMs: maxCallMs(env), legDays: legDays(env) });
    const journal = new Journal(db);
    const recordings = new Recordings(db, journal);
    const meeting = new MeetingRow(db);
    const sweep = new Sweep(env, name);
    this.#db = db;
    this.#legs = legs;
    this.#live = live;
    this.#journal = journal;
    this.#recordings = recordings;
    this.#meeting = meeting;
    this.#sweep = sweep;
    this.#alarm = new Alarm(ctx.storage);
    const { storage } = ctx;
    const parts = { name, env, legs, live, journal, meeting };
    this.#queries = new Queries(parts);
    this.#upkeep = new Upkeep({ ...parts, storage, recordings, sweep });
    this.#directory = new DirectoryLink(
      env,
      name,
      () => this.#queries.standing(Date.now()),
      (at) => this.#alarm.by(at, Date.now()),
    );
    const state = (): RoomState => this.#queries.state(Date.now());
    this.feed = new LiveFeed(
      ctx,
      liveSource(state, (seq) => this.#queries.entriesAfter(seq)),
    );
  }

  /** Takes webhooks of one leg. Once this resolves they are durable, each in the journal exactly once. */
  async record(leg: string, deliveries: readonly Delivery[]): Promise<Outcome[]> {
    return (await this.#take(leg, deliveries)).outcomes;
  }

  /** The same with an admission among them: says whether the leg is let in, as it was when it was first asked for. */
  async admit(leg: string, deliveries: readonly Delivery[]): Promise<Entrance> {
    const { denied, others } = (await this.#take(leg, deliveries)).record;
    return { denied, others };
  }

  /** What was said of a leg when it was let in, or not; null for one that was never here. */
  entrance(leg: string): Entrance | null {
    const now = Date.now();
    const stored = this.#live.find(leg, now);
    if (stored === null) return null;
    const { denied, others } = this.#live.recordOf(stored, now);
    return { denied, others };
  }

  /** Journals a recording, which has no leg. A hash of what it says tells a repetition. */
  async recording(delivery: Delivery): Promise<Outcome> {
    const now = Date.now();
    const fresh = this.#write(() => this.#recordings.take(delivery, now));
    await this.#alarm.by(keptUntil(dayOf(now), this.env), now);
    this.feed.changed();
    return fresh ? "ignored" : "duplicate";
  }

  /** Lets go of a leg that was sent elsewhere after all, and hands over what was received of it. */
  async release(leg: string): Promise<Delivery[]> {
    const now = Date.now();
    if (this.#live.find(leg, now) === null) return [];
    const deliveries = this.#journal.ofLeg(leg).flatMap(redelivery);
    await this.record(leg, [releaseDelivery(now)]);
    return deliveries;
  }

  /** The conference at this moment, with the `gone` legs that left last. Null, as of all reads: too much is asked for. */
  async view(gone: number): Promise<ConferenceView | null> {
    return await this.#queries.pacedView(gone);
  }

  /** One leg's record, with how many of its webhooks came more than once; null for a leg that was never here. */
  participant(leg: string): { participant: ParticipantView; duplicates: number } | null {
    return this.#queries.participant(leg, Date.now());
  }

  /** What the directory asks, where it does not know any more. */
  standing(): ConferenceStatus {
    const now = Date.now();
    this.#live.recount(now);
    return this.#queries.standing(now);
  }

  /** The count in the last `ms` milliseconds. */
  async history(ms: number): Promise<History | null> {
    return await this.#queries.pacedHistory(ms);
  }

  /** The journal above the number `after`, at most `limit` entries and not more than one answer can carry. */
  async events(after: number, limit: number): Promise<JournalPage | null> {
    return await this.#queries.pacedEntries(() => this.#journal.read(after, limit));
  }

  /** What the journal says of recordings and transcriptions, the latest first. */
  async recordings(): Promise<JournalPage["entries"] | null> {
    const list = (): JournalPage => ({ entries: this.#recordings.list(), more: false });
    return (await this.#queries.pacedEntries(list))?.entries ?? null;
  }

  /** The legs on which somebody can act: those who are in the room, on their way in, or elsewhere for a while. */
  roster(): RosterEntry[] {
    return rosterOf(this.#live.entries(Date.now()));
  }

  /** Lets no new guest in until `locked` is taken back or the room empties. */
  async lock(locked: boolean): Promise<void> {
    await this.#changeMeeting({ locked });
  }

  /** Keeps a caller out until the room empties. */
  async ban(caller: string): Promise<void> {
    const others = this.#meeting.current.banned.filter((banned) => !isSameCaller(banned, caller));
    await this.#changeMeeting({ banned: [...others, caller] });
  }

  override async alarm(): Promise<void> {
    await this.#alarm.run("conference", (now) => this.#maintain(now), { conference: this.#name() });
  }

  async #maintain(now: number): Promise<void> {
    this.#upkeep.forget(now);
    this.#upkeep.fileLapsed(now);
    this.#follow(null, now);
    await this.#upkeep.endIfDue(now);
    this.#live.recount(now);
    this.#changed();
    await this.#sweep.lookUpSilent(rosterOf(this.#live.entries(now)), now);
    const next = this.#upkeep.nextMoment(Date.now());
    await this.#alarm.by(earliest([next, this.#directory.retryAt]), Date.now());
  }

  async #take(leg: string, deliveries: readonly Delivery[]): Promise<Received> {
    const now = Date.now();
    // Reads belong inside: SQLite then opens one transaction instead of several.
    const received = this.#write(() => {
      const before = this.#live.find(leg, now);
      const unknown: StoredLeg = { leg, gone: 0, facts: [], duplicates: 0, leftAt: null };
      const judge = this.#judgeOf(leg, now);
      const taken = receive(before ?? unknown, deliveries, now, maxCallMs(this.env), judge);
      if (taken.entries.length > 0) this.#journal.append(taken.entries, now);
      this.#legs.save(before, taken.leg);
      return taken;
    });
    this.#live.keep(received.leg, received.record);
    this.#follow(received.record, now);
    this.#changed();
    const next = this.#upkeep.lookAgainAt(received.leg, received.record, now);
    await this.#alarm.by(earliest([next, this.#meeting.current.endsAt]), now);
    return received;
  }

  #judgeOf(leg: string, now: number): Judge {
    return (admission, rules) => {
      const places = (limit: number): number => this.#live.placesBeside(leg, limit, now);
      const ceiling = maxParticipants(this.env);
      const denied = refusalOf(admission, rules, this.#meeting.current, places, ceiling);
      if (denied !== null) return { ...admission, denied };
      return rules.announceCount ? { ...admission, others: this.#live.countIn(now) } : admission;
    };
  }

  #follow(latest: Participant | null, now: number): void {
    this.#meeting.follow(() => this.#live.entries(now).map(([, record]) => record), latest, now);
  }

  async #changeMeeting(change: { locked?: boolean; banned?: readonly string[] }): Promise<void> {
    const now = Date.now();
    this.#db.open();
    this.#meeting.change(change, now);
    this.#follow(null, now);
    this.#changed();
    if (change.banned !== undefined) await this.#alarm.by(keptUntil(dayOf(now), this.env), now);
  }

  /** Tells those who watch. Nothing waits for it. */
  #changed(): void {
    this.#directory.changed();
    this.#queries.changed();
    this.feed.changed();
  }

  /** One transaction. Memory follows SQL, so what is remembered of a transaction that failed is forgotten. */
  #write<T>(change: () => T): T {
    this.#db.open();
    try {
      return this.ctx.storage.transactionSync(change);
    } catch (error) {
      this.#journal.forgetPosition();
      throw error;
    }
  }

  #name(): string {
    return this.ctx.id.name ?? "";
  }
}
