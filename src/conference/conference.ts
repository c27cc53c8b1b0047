/**
 * One conference: a thin shell around the pure record of its legs. It adds webhooks to their legs' sets, writes SQL,
 * and keeps its alarm at the next moment at which the answer will change by itself.
 */
import type { Standing } from "../directory/summary.ts";
import { dayOf } from "../lib/day-tables.ts";
import { log, reasonOf } from "../lib/log.ts";
import { migrate } from "../lib/migrate.ts";
import { legDays, maxCallMs, maxParticipants, retentionDays } from "../lib/settings.ts";
import { earliest } from "../lib/earliest.ts";
import { Feed } from "../lib/feed.ts";
import { Wake } from "../lib/wake.ts";
import { WatchedObject } from "../lib/watched-object.ts";
import { CarrierHand } from "./carrier-hand.ts";
import { redelivery, releaseDelivery, type Delivery } from "./delivery.ts";
import { DirectoryLink } from "./directory-link.ts";
import { Journal } from "./journal.ts";
import type { Outcome } from "./leg-set.ts";
import { Legs, type StoredLeg } from "./legs.ts";
import { LiveLegs } from "./live-legs.ts";
import { MeetingRow } from "./meeting-row.ts";
import { changesAt, keptUntil } from "./moments.ts";
import type { Participant } from "./participant.ts";
import { denialOf, type Entrance } from "./policy.ts";
import { Reading, type History, type JournalPage } from "./reading.ts";
import { filed, receive, type Judge, type Received } from "./receive.ts";
import { Recordings } from "./recordings.ts";
import { rosterOf, type RosterEntry } from "./roster.ts";
import { roomSource, type RoomState } from "./room-source.ts";
import { migrations } from "./schema.ts";
import type { ConferenceView, ParticipantView } from "./view.ts";

/** When the alarm itself fails, it is tried again after this, for as long as it takes. */
const ALARM_RETRY_MS = 60_000;

export class Conference extends WatchedObject<RoomState> {
  readonly #legs: Legs;
  readonly #live: LiveLegs;
  readonly #journal: Journal;
  readonly #recordings: Recordings;
  readonly #meeting: MeetingRow;
  readonly #carrier: CarrierHand;
  readonly #wake: Wake;
  readonly #reading: Reading;
  readonly #directory: DirectoryLink;
  protected override readonly feed: Feed<RoomState>;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const { sql } = ctx.storage;
    migrate(ctx.storage, migrations);
    this.#legs = new Legs(sql);
    this.#live = new LiveLegs(this.#legs, { maxCallMs: maxCallMs(env), legDays: legDays(env) });
    this.#journal = new Journal(sql);
    this.#recordings = new Recordings(sql, this.#journal);
    this.#meeting = new MeetingRow(sql);
    this.#carrier = new CarrierHand(env, this.#name());
    this.#wake = new Wake(ctx.storage);
    this.#reading = new Reading({
      name: this.#name(),
      env,
      legs: this.#legs,
      live: this.#live,
      journal: this.#journal,
      meeting: this.#meeting,
    });
    this.#directory = new DirectoryLink(
      env,
      this.#name(),
      () => this.#reading.standing(Date.now()),
      (at) => this.#wake.by(at, Date.now()),
    );
    const state = (): RoomState => this.#reading.state(Date.now());
    this.feed = new Feed(
      ctx,
      roomSource(state, (seq) => this.#reading.entriesAfter(seq)),
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
    await this.#wake.by(keptUntil(dayOf(now), this.env), now);
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
    return await this.#reading.pacedView(gone);
  }

  /** One leg's record, with how many of its webhooks came more than once; null for a leg that was never here. */
  participant(leg: string): { participant: ParticipantView; duplicates: number } | null {
    return this.#reading.participant(leg, Date.now());
  }

  /** What the directory asks, where it does not know any more. */
  standing(): Standing {
    const now = Date.now();
    this.#live.recount(now);
    return this.#reading.standing(now);
  }

  /** The count in the last `ms` milliseconds. */
  async history(ms: number): Promise<History | null> {
    return await this.#reading.pacedHistory(ms);
  }

  /** The journal above the number `after`, at most `limit` entries and not more than one answer can carry. */
  async events(after: number, limit: number): Promise<JournalPage | null> {
    return await this.#reading.pacedEntries(() => this.#journal.read(after, limit));
  }

  /** What the journal says of recordings and transcriptions, the latest first. */
  async recordings(): Promise<JournalPage["entries"] | null> {
    const list = (): JournalPage => ({ entries: this.#recordings.list(), more: false });
    return (await this.#reading.pacedEntries(list))?.entries ?? null;
  }

  /** The legs on which somebody can act: those who are in the room, on their way in, or elsewhere for a while. */
  roster(): RosterEntry[] {
    return rosterOf(this.#live.entries(Date.now()));
  }

  /** Lets no new guest in until `locked` is taken back or the room empties. */
  lock(locked: boolean): void {
    this.#changeMeeting({ locked });
  }

  /** Keeps a caller out until the room empties. */
  ban(caller: string): void {
    const others = this.#meeting.current.banned.filter((banned) => banned !== caller);
    this.#changeMeeting({ banned: [...others, caller] });
  }

  override async alarm(): Promise<void> {
    const now = Date.now();
    this.#wake.rang();
    try {
      this.#fileLapsed(now);
      this.#forget(now);
      await this.#endIfDue(now);
      this.#live.recount(now);
      this.#changed();
      await this.#carrier.lookUpSilent(rosterOf(this.#live.entries(now)), now);
      await this.#wake.by(this.#nextMoment(Date.now()), Date.now());
    } catch (error) {
      log("conference alarm failed", { conference: this.#name(), reason: reasonOf(error) });
      await this.#wake.by(now + ALARM_RETRY_MS, now);
    }
  }

  async #take(leg: string, deliveries: readonly Delivery[]): Promise<Received> {
    const now = Date.now();
    // Reads belong inside: SQLite then opens one transaction instead of several.
    const received = this.#write(() => {
      const before = this.#live.find(leg, now);
      const unknown: StoredLeg = { leg, gone: 0, webhooks: [], duplicates: 0, leftAt: null };
      const judge = this.#judgeOf(leg, now);
      const taken = receive(before ?? unknown, deliveries, now, maxCallMs(this.env), judge);
      if (taken.entries.length > 0) this.#journal.append(taken.entries, now);
      this.#legs.save(before, taken.leg);
      return taken;
    });
    this.#live.keep(received.leg, received.record);
    this.#follow(received.record, now);
    this.#changed();
    const moments = [this.#lookAgainAt(received.leg, received.record, now)];
    await this.#wake.by(earliest([...moments, this.#meeting.current.endsAt]), now);
    return received;
  }

  #judgeOf(leg: string, now: number): Judge {
    return (admission, rules) => {
      const places = (limit: number): number => this.#live.placesBeside(leg, limit, now);
      const ceiling = maxParticipants(this.env);
      const denied = denialOf(admission, rules, this.#meeting.current, places, ceiling);
      if (denied !== null) return { ...admission, denied };
      return rules.announceCount ? { ...admission, others: this.#live.countIn(now) } : admission;
    };
  }

  #follow(latest: Participant | null, now: number): void {
    this.#meeting.follow(() => this.#live.entries(now).map(([, record]) => record), latest, now);
  }

  #changeMeeting(change: { locked?: boolean; banned?: readonly string[] }): void {
    this.#meeting.change(change);
    this.#follow(null, Date.now());
    this.#changed();
  }

  /** Tells those who watch. Nothing waits for it. */
  #changed(): void {
    this.#directory.changed();
    this.#reading.changed();
    this.feed.changed();
  }

  /** One transaction. Memory follows SQL, so what is remembered of a transaction that failed is forgotten. */
  #write<T>(change: () => T): T {
    try {
      return this.ctx.storage.transactionSync(change);
    } catch (error) {
      this.#journal.forgetPosition();
      throw error;
    }
  }

  /** Files legs whose time ran out among those that are gone. */
  #fileLapsed(now: number): void {
    for (const leg of this.#live.all()) {
      const record = this.#live.recordOf(leg, now);
      const after = filed(leg, record, now);
      if (after.gone === 0) continue;
      this.#legs.save(leg, after);
      this.#live.keep(after, record);
      const { reason } = record;
      log("leg lapsed", { conference: this.#name(), leg: leg.leg, reason });
    }
    this.#follow(null, now);
  }

  #forget(now: number): void {
    const firstKept = dayOf(now) - retentionDays(this.env);
    this.ctx.storage.transactionSync(() => {
      this.#journal.dropBefore(firstKept);
      this.#legs.deleteGoneBefore(firstKept);
      this.#recordings.deleteBefore(firstKept);
    });
  }

  /** Hangs up on those who are left a while after the last moderator who ends the room. */
  async #endIfDue(now: number): Promise<void> {
    const meeting = this.#meeting.current;
    if (meeting.endsAt === null || meeting.endsAt > now) return;
    log("conference ended after its moderator", { conference: this.#name() });
    await this.#carrier.hangUp(rosterOf(this.#live.entries(now)), `end ${meeting.endsAt}`);
    this.#meeting.write({ ...this.#meeting.current, hosted: false, endsAt: null });
  }

  #nextMoment(now: number): number | null {
    return earliest([
      keptUntil(earliest([this.#journal.oldestDay(), this.#legs.oldestGoneDay()]), this.env),
      this.#meeting.current.endsAt,
      this.#directory.retryAt,
      ...this.#live.all().map((leg) => this.#lookAgainAt(leg, this.#live.recordOf(leg, now), now)),
    ]);
  }

  #lookAgainAt(leg: StoredLeg, record: Participant, now: number): number | null {
    if (leg.gone !== 0) return keptUntil(leg.gone, this.env);
    return earliest([changesAt(leg, record, now), this.#carrier.lookUpAt(leg.leg, record)]);
  }

  #name(): string {
    return this.ctx.id.name ?? "";
  }
}
