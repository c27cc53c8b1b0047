/**
 * The carrier: it takes and makes calls for an application, plays their legs, and keeps the truth about who is in which
 * named conversation. It knows the bridge only by its webhooks.
 */
import { playInbound, playOutbound } from "./call.ts";
import type { Dialling } from "./call.ts";
import { CHAOS_PROFILES } from "../chaos/chaos.ts";
import type { CallPlan, CarrierOptions } from "./carrier-options.ts";
import { connect } from "../ncco/connect.ts";
import { Dispatch } from "../webhooks/dispatch.ts";
import { Ledger } from "../referee/ledger.ts";
import { Leg } from "./leg.ts";
import type { LegOptions } from "./leg.ts";
import { WebhookQueue } from "../chaos/webhook-queue.ts";
import { addressOf } from "./platform.ts";
import type { Platform } from "./platform.ts";
import type { Witness } from "../referee/referee.ts";
import { RETRY_RULES } from "../webhooks/retry.ts";
import { Rooms } from "./rooms.ts";
import { USUAL_SILENCES } from "../chaos/silences.ts";
import type { Silences } from "../chaos/silences.ts";
import { testimony } from "../referee/testimony.ts";
import type { Bounds } from "../referee/testimony.ts";
import { Truth } from "./truth.ts";
import { transferPayload } from "../webhooks/wire.ts";
import { memberPayload, recordPayload } from "../webhooks/wire-actions.ts";

export const DEFAULT_REGION = "eu-west";

/** Six hours, the bridge's default. */
const DEFAULT_BOUNDS: Bounds = { maxCallMs: 6 * 3_600_000 };

const RING_MS = { least: 2000, most: 8000 };
const DEFAULT_RING_SECONDS = 60;
const LONGEST_CALL_SECONDS = 7200;

export class Carrier implements Witness {
  /** Who is where. Only the carrier writes it. */
  readonly truth = new Truth();
  readonly #options: CarrierOptions;
  readonly #webhooks: WebhookQueue;
  readonly #dispatch: Dispatch;
  readonly #platform: Platform;
  readonly #ledger = new Ledger();
  readonly #legs = new Map<string, Leg>();
  readonly #playing = new Set<Promise<void>>();
  /** The legs that were ever moved to a conversation, by its name. */
  readonly #visitors = new Map<string, Set<string>>();

  constructor(options: CarrierOptions) {
    this.#options = options;
    const { application, chaos, clock } = options;
    const silences = options.silences ?? USUAL_SILENCES;
    this.#webhooks = new WebhookQueue({
      ...options,
      retry: options.retry ?? RETRY_RULES[silences.retry],
      getHash: silences.getHash,
      onNews: (news) => {
        this.#ledger.hear(news);
        options.onNews(news);
      },
    });
    const now = (leg: Leg): number => clock.now() + leg.skewMs;
    const dispatch = new Dispatch({
      application,
      webhooks: this.#webhooks,
      chaos: chaos ?? CHAOS_PROFILES.none,
      now,
    });
    this.#dispatch = dispatch;
    this.#platform = {
      clock,
      silences,
      rooms: this.#createRooms(silences),
      now,
      emit: (...event) => this.#emit(...event),
      fetchNcco: (...call) => dispatch.fetchNcco(...call),
      instruct: (...event) => dispatch.instruct(...event),
      complain: (...problem) => dispatch.complain(...problem),
      connect: (...legs) => connect(this, ...legs),
    };
  }

  get changes(): number {
    return this.#ledger.changes;
  }

  /** What the bridge did that a caller would have noticed: no answer, or an NCCO that the platform refuses. */
  get problems(): readonly string[] {
    return this.#dispatch.problems;
  }

  /** What the legs are played on. For whoever controls them. */
  get platform(): Platform {
    return this.#platform;
  }

  /** Every leg that there ever was, the oldest first. */
  get legs(): ReadonlyMap<string, Leg> {
    return this.#legs;
  }

  /** Starts an inbound call. */
  dial(plan: CallPlan): Leg {
    const { caller, line, entries = [], region = DEFAULT_REGION, hangUpAfterMs, thinksMs } = plan;
    const leg = this.#createLeg({ caller, line, direction: "inbound", entries, region, thinksMs });
    if (hangUpAfterMs !== null) {
      void this.#options.clock.wait(hangUpAfterMs, leg.ended).then(() => leg.hangUp("user"));
    }
    this.#play(() => playInbound(leg, this.#platform));
    return leg;
  }

  /** Starts an outbound call. What is missing in `how` is left to chance and to the carrier's defaults. */
  call(
    identity: Pick<LegOptions, "caller" | "line"> & Partial<Pick<LegOptions, "origin" | "events">>,
    how: Pick<Dialling, "fetchNcco"> & Partial<Dialling>,
  ): Leg {
    const leg = this.#createLeg({
      ...identity,
      direction: "outbound",
      entries: [],
      region: DEFAULT_REGION,
    });
    const dialling: Dialling = {
      callee: this.#options.callee?.(leg.caller) ?? "answers",
      ringMs: leg.random.integer(RING_MS.least, RING_MS.most),
      ringAtMostMs: DEFAULT_RING_SECONDS * 1000,
      lastAtMostMs: LONGEST_CALL_SECONDS * 1000,
      detection: null,
      ...how,
    };
    this.#play(() => playOutbound(leg, dialling, this.#platform));
    return leg;
  }

  /** Resolves when every leg has ended and every event was accepted or given up. */
  async finished(): Promise<void> {
    while (this.#playing.size > 0) await Promise.all(this.#playing);
    await this.#webhooks.drained();
  }

  /**
   * Whether the bridge was told everything about a conversation: no event of a leg that was ever in it is still on its
   * way. From then on, what the bridge says must be the truth.
   */
  isSettled(conversation: string): boolean {
    return [...this.visitors(conversation)].every((leg) => this.#ledger.told(leg).pending === 0);
  }

  /** The legs that were ever moved to a conversation. */
  visitors(conversation: string): ReadonlySet<string> {
    return this.#visitorsOf(conversation);
  }

  /** How many conversations of that name have somebody in them who cannot hear the others. */
  halves(conversation: string): number {
    return this.#platform.rooms.halves(conversation);
  }

  /** What a bridge can know of a leg and a conversation; null for a leg that is not this carrier's. */
  testify(id: string, conversation: string, now: number): ReturnType<Witness["testify"]> {
    const leg = this.#legs.get(id);
    if (leg === undefined) return null;
    const told = this.#ledger.told(id);
    const facts = {
      isIn: this.truth.whereIs(id) === conversation,
      hasEnded: leg.ended.aborted,
      heardCharacters: leg.heardCharacters - (leg.sentIn?.heardCharacters ?? 0),
      sentIn: leg.sentIn,
      told,
    };
    const says = testimony(facts, this.#options.bounds ?? DEFAULT_BOUNDS, now);
    return { says, revision: told.revision };
  }

  #emit(...[leg, name, payload, sending]: Parameters<Platform["emit"]>): void {
    const mode = (this.#options.silences ?? USUAL_SILENCES).conversationEvents;
    const isState = "status" in payload && leg.statesTo !== null && mode !== "recording";
    if (!isState || mode === "states-too") this.#dispatch.emit(leg, name, payload, sending);
    if (isState) this.#dispatch.emit(leg, name, payload, { ...sending, to: leg.statesTo });
  }

  #createLeg(
    options: Omit<LegOptions, "id" | "origin" | "random" | "skewMs"> & { origin?: string },
  ): Leg {
    const random = this.#options.random.branch(`leg ${this.#legs.size + 1}`);
    const ids = this.#options.ids?.branch(`leg ${this.#legs.size + 1}`) ?? random;
    const skew = (this.#options.chaos?.skewSeconds ?? 0) * 1000;
    const leg = new Leg({
      origin: `CON-${ids.uuid()}`,
      ...options,
      // Inbound legs have ids without dashes.
      id: options.direction === "inbound" ? ids.hex(32) : ids.uuid(),
      random,
      skewMs: skew === 0 ? 0 : random.integer(-skew, skew),
    });
    this.#legs.set(leg.id, leg);
    return leg;
  }

  #play(play: () => Promise<void>): void {
    // Not before the next tick, so that whoever dials knows the leg before its first webhook is sent.
    const playing = Promise.resolve().then(play);
    this.#playing.add(playing);
    void playing.finally(() => this.#playing.delete(playing));
  }

  #visitorsOf(conversation: string): Set<string> {
    return this.#visitors.get(conversation) ?? new Set();
  }

  #createRooms(silences: Silences): Rooms {
    const { clock, random } = this.#options;
    return new Rooms({
      truth: this.truth,
      clock,
      random,
      silences,
      onMove: (leg, from, to) => {
        const name = this.truth.whereIs(leg.id);
        if (name !== null) this.#visitors.set(name, this.#visitorsOf(name).add(leg.id));
        const payload = transferPayload(leg, from, to, this.#platform.now(leg));
        this.#dispatch.emit(leg, "transfer", payload, { withheld: silences.transfer === "never" });
      },
      onMember: (leg, type, conversation) => {
        if (silences.rtc === "none") return;
        const payload = memberPayload(leg, type, conversation, this.#platform.now(leg));
        this.#dispatch.emit(leg, type, payload);
      },
      onRecording: (action, recording, last) => {
        this.#dispatch.emit(last, "record", recordPayload(recording), { to: addressOf(action) });
      },
    });
  }
}
