/**
 * One conference: a thin shell around the pure code in `state`. `record`, `admit` and `recording` resolve once their facts are
 * durable, and repeating them changes nothing. This holds because there is no `await` between read and write, a write is one
 * transaction, and memory changes only after SQL. The directory and the live feed are told afterwards, best effort.
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
import { receive, type Decide, type Received } from "./state/receive.ts";
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
    const parts = { name, env, legs, live, journal, meeting };
    this.#queries = new Queries(parts);
    this.#upkeep = new Upkeep({ ...parts, storage: ctx.storage, recordings, sweep });
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

  /** Adds facts to a leg's set and journals them. @returns the outcome of each. */
  async record(leg: string, deliveries: readonly Delivery[]): Promise<Outcome[]> {
    return (await this.#take(leg, deliveries)).outcomes;
  }

  /** The same with an admission among them: returns the decision. A repetition gets the decision that was made first. */
  async admit(leg: string, deliveries: readonly Delivery[]): Promise<Entrance> {
    const { denied, others } = (await this.#take(leg, deliveries)).record;
    return { denied, others };
  }

  /** The decision about a leg; null for a leg that was never here. */
  entrance(leg: string): Entrance | null {
    const now = Date.now();
    const stored = this.#live.find(leg, now);
    if (stored === null) return null;
    const { denied, others } = this.#live.recordOf(stored, now);
    return { denied, others };
  }

  /** Journals a recording or transcription, which has no leg. A repetition is recognised by a hash of its content. */
  async recording(delivery: Delivery): Promise<Outcome> {
    const now = Date.now();
    const fresh = this.#write(() => this.#recordings.take(delivery, now));
    await this.#alarm.by(keptUntil(dayOf(now), this.env), now);
    this.feed.changed();
    return fresh ? "ignored" : "duplicate";
  }

  /** Releases a leg that belongs to another conference after all, and returns the carrier's webhooks that came for it. */
  async release(leg: string): Promise<Delivery[]> {
    const now = Date.now();
    if (this.#live.find(leg, now) === null) return [];
    const deliveries = this.#journal.ofLeg(leg).flatMap(redelivery);
    await this.record(leg, [releaseDelivery(now)]);
    return deliveries;
  }

  /** The conference at this moment, with the `gone` legs that left last. Null, here and in all paced reads: too many requests. */
  async view(gone: number): Promise<ConferenceView | null> {
    return await this.#queries.pacedView(gone);
  }

  /** One leg's record, and how many of its webhooks were repetitions; null for a leg that was never here. */
  participant(leg: string): { participant: ParticipantView; duplicates: number } | null {
    return this.#queries.participant(leg, Date.now());
  }

  /** The status, for a directory that lost it. */
  standing(): ConferenceStatus {
    const now = Date.now();
    this.#live.recount(now);
    return this.#queries.standing(now);
  }

  /** The count in the last `ms` milliseconds. */
  async history(ms: number): Promise<History | null> {
    return await this.#queries.pacedHistory(ms);
  }

  /** The journal above the number `after`: at most `limit` entries, and fewer where they are large. */
  async events(after: number, limit: number): Promise<JournalPage | null> {
    return await this.#queries.pacedEntries(() => this.#journal.read(after, limit));
  }

  /** The journal's entries of recordings and transcriptions, latest first. */
  async recordings(): Promise<JournalPage["entries"] | null> {
    const list = (): JournalPage => ({ entries: this.#recordings.list(), more: false });
    return (await this.#queries.pacedEntries(list))?.entries ?? null;
  }

  /** The legs on which an operator can act: those in the room, on their way in, or moved elsewhere by the carrier. */
  roster(): RosterEntry[] {
    return rosterOf(this.#live.entries(Date.now()));
  }

  /** Locks or unlocks the conference for new guests. A lock ends when the room empties. */
  async lock(locked: boolean): Promise<void> {
    await this.#changeMeeting({ locked });
  }

  /** Refuses a caller until the room empties. */
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
      const decide = this.#policyFor(leg, now);
      const taken = receive(before ?? unknown, deliveries, now, maxCallMs(this.env), decide);
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

  #policyFor(leg: string, now: number): Decide {
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

  /** Notifies the directory and the live feed. Nothing waits for it. */
  #changed(): void {
    this.#directory.changed();
    this.#queries.changed();
    this.feed.changed();
  }

  /** One transaction. If it fails, the position that was cached during it is dropped: memory follows SQL. */
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
