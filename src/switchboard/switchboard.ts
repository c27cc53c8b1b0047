/**
 * Remembers where each leg was sent. No webhook contains the name of a conference, and a line can be edited during a call, so the
 * leg's id is all that its webhooks have in common.
 *
 * Guarantees: the first admission of a leg stands, whatever its line says later. A webhook is durable once `deliver` resolves with
 * anything but `too many`: its Conference has it, or the leg's row holds it until the Conference does. Three rules ensure this: the
 * decisions about a leg run one at a time (`#deciding`); a row that may have changed during an `await` is read again before it is
 * written; memory changes only after SQL.
 */
import { DurableObject } from "cloudflare:workers";
import type { Entrance } from "../conference/state/admission-policy.ts";
import type { Delivery } from "../conference/state/delivery.ts";
import { earliest } from "../lib/time.ts";
import { log, reasonOf } from "../lib/log.ts";
import { migrate } from "../durable/migrate.ts";
import { KeyedLock } from "../durable/keyed-lock.ts";
import type { Refusal } from "../lines/speech/prompts.ts";
import { omitUndefined } from "../vonage/ncco.ts";
import {
  admitted,
  outcomeOf,
  toDelivery,
  type Admission,
  type Admitted,
  type Delivered,
  type LegRecord,
  type Refused,
} from "./admission.ts";
import { ConferenceClient } from "../conference/client.ts";
import { fallbackRoute, reportUnrouted } from "./fallback-route.ts";
import { lastMove, nextLookUpAt } from "./last-move.ts";
import { HandOver } from "./hand-over.ts";
import { failed, newRow } from "./leg-row.ts";
import { LegStore } from "./leg-store.ts";
import {
  isOutbound,
  isSettled,
  recalledFrom,
  resolution,
  type InConference,
  type Reason,
} from "./outcome.ts";
import { roomOf } from "./room-of.ts";
import { migrations, type StoredRow } from "./leg-rows.ts";

/** How many legs one alarm handles, so that it ends in time; the next alarm follows at once. */
const BATCH = 100;
/** A leg that cannot be settled is tried again after this. */
const LEG_RETRY_MS = 60_000;

export class Switchboard extends DurableObject<Env> {
  readonly #legs: LegStore;
  readonly #conferences: ConferenceClient;
  readonly #handOver: HandOver;
  /** Decisions about a leg run one at a time, and its webhooks wait for them. */
  readonly #deciding = new KeyedLock();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    migrate(ctx.storage, migrations);
    this.#legs = new LegStore(ctx.storage, env);
    this.#conferences = new ConferenceClient(env.CONFERENCE);
    this.#handOver = new HandOver(this.#legs, this.#conferences);
  }

  /**
   * Sends a caller to a conference, which decides whether to let them in. Idempotent per leg: the first admission stands, even if
   * the line has been edited since.
   */
  async admit(admission: Admission): Promise<Admitted> {
    const { leg, role } = admission;
    const outcome = outcomeOf(admission);
    return await this.#deciding.run(leg, async () => {
      const delivery = toDelivery(admission);
      const found = this.#findOrSendNew(outcome, leg, delivery);
      if ("entrance" in found) {
        await this.#legs.wakeFor(null);
        return admitted(
          outcome,
          await this.#handOver.entranceOrHold(leg, delivery, found.entrance),
        );
      }
      const { row } = found;
      const current = row.outcome;
      if (current?.kind === "conference" && !current.guessed) {
        // A repetition, perhaps because this object went down before the conference knew. The conference recognises it.
        const again = toDelivery({
          ...admission,
          room: current.room,
          role: current.role ?? role,
          at: current.at,
        });
        // This object went down in the middle of a move.
        if (!isSettled(current)) return await this.#handOver.send(current, leg, row, again);
        const entrance = this.#conferences.admit(current.conference, leg, [again]);
        return admitted(current, await this.#handOver.entranceOrHold(leg, again, entrance));
      }

      const recallFrom = recalledFrom(current, outcome.conference);
      if (recallFrom === null) return await this.#handOver.send(outcome, leg, row, delivery);
      const moving = { ...outcome, recallFrom };
      await this.#handOver.beginRecall(row, moving);
      return await this.#handOver.send(moving, leg, this.#legs.find(leg), delivery);
    });
  }

  /**
   * Remembers why a caller is refused, so that no fallback sends the leg to a room. If one has done so before, the leg is recalled
   * from there. A leg that was admitted before stays admitted.
   */
  async refuse(leg: string, reason: Refusal, at: number): Promise<Refused> {
    return await this.#deciding.run(leg, async () => {
      const row = this.#legs.find(leg);
      const current = row?.outcome ?? null;
      // The refusal may only mean that the line cannot be read, and must not undo an admission.
      if (current?.kind === "conference" && !current.guessed) {
        return admitted(current, await this.#conferences.entrance(current.conference, leg));
      }
      if (current?.kind === "none" && current.reason === reason) return { outcome: current };
      const recallFrom = recalledFrom(current, null) ?? undefined;
      const outcome = { kind: "none", reason, at, ...omitUndefined({ recallFrom }) } as const;
      const refused = { ...(row ?? newRow(leg, at)), outcome };
      if (row !== null && recallFrom !== undefined) {
        await this.#handOver.beginRecall(row, outcome);
        await this.#handOver.recall(leg, recallFrom);
        return { outcome };
      }
      const dueAt = nextLookUpAt(refused, Date.now());
      await this.#legs.saveAndWake(row, { ...refused, dueAt });
      return { outcome };
    });
  }

  /**
   * Takes a webhook of a leg. Once this resolves it is durable, here or in the leg's Conference, unless the outcome is `too many`.
   * `invited`: we called this leg, so no line tells where it goes; only its own answer webhook does.
   */
  async deliver(leg: string, delivery: Delivery, invited = false): Promise<Delivered> {
    await this.#deciding.idle(leg);
    const conference = this.#legs.directRouteOf(leg);
    return conference === null
      ? await this.#legs.hold(leg, delivery, invited)
      : await this.#handOver.deliverTo(conference, leg, delivery);
  }

  /** What is known of a leg; null if none of its webhooks was received, or if its row has expired. */
  leg(leg: string): LegRecord | null {
    const row = this.#legs.find(leg);
    return row && { leg, outcome: row.outcome, held: row.held.length, firstAt: row.firstAt };
  }

  override async alarm(): Promise<void> {
    await this.#legs.alarm.run("switchboard", async (now) => {
      await Promise.all(this.#legs.due(now, BATCH).map((row) => this.#trySettle(row)));
      await this.#legs.cleanUp(now);
    });
  }

  /** A leg that cannot be settled must not block the others. */
  async #trySettle(row: StoredRow): Promise<void> {
    try {
      await this.#deciding.run(row.leg, () => this.#settle(row.leg));
    } catch (error) {
      log("leg not settled", { leg: row.leg, reason: reasonOf(error) });
      this.#legs.postpone(row, Date.now() + LEG_RETRY_MS);
    }
  }

  /** Does what is due for a leg: resolves where it belongs, or hands over what is held. */
  async #settle(leg: string): Promise<void> {
    const row = this.#legs.find(leg);
    if (row === null || row.dueAt === null) return;
    if (row.outcome?.kind === "conference") {
      await this.#handOver.send(row.outcome, leg, row, null);
      return;
    }
    const recallFrom = row.outcome?.recallFrom;
    if (recallFrom !== undefined) return await this.#handOver.recall(leg, recallFrom);
    const move = lastMove(row);
    const room = move && (await roomOf(this.env, move.to, Date.now()));
    const current = this.#legs.find(leg) ?? row;
    if (room !== null) {
      log("leg found in a room", { leg, conference: room.conference });
      await this.#handOver.send(room, leg, current, null);
      return;
    }
    if (current.outcome === null) return await this.#resolve(current);
    this.#legs.save(current, { ...current, dueAt: nextLookUpAt(current, Date.now()) });
  }

  /** The answer webhook did not reach us: the number's line tells where the leg went, or nothing does. */
  async #resolve(row: StoredRow): Promise<void> {
    const now = Date.now();
    const next = resolution(row, now);
    if (next.kind === "wait") {
      const dueAt = earliest([next.until, nextLookUpAt(row, now)]);
      return this.#legs.save(row, { ...row, dueAt });
    }
    if (next.kind === "unrouted") return this.#giveUp(row, "unrouted", now);

    const outcome = await fallbackRoute(this.env, next.number, now);
    const current = this.#legs.find(row.leg) ?? row;
    if (outcome === null) return this.#legs.save(current, failed(current, now));
    if (outcome.kind === "none") return this.#giveUp(current, outcome.reason, now);
    log("leg resolved by its line", { leg: row.leg, conference: outcome.conference });
    await this.#handOver.send(outcome, row.leg, current, null);
  }

  /** The held webhooks stay in the row: a late admission still delivers them. */
  #giveUp(row: StoredRow, reason: Reason, at: number): void {
    log("leg not routed", { leg: row.leg, reason, held: row.held.length });
    if (!isOutbound(row)) {
      reportUnrouted(this.env, (work) => this.ctx.waitUntil(work), row.leg, reason);
    }
    this.#legs.save(row, { ...row, outcome: { kind: "none", reason, at }, dueAt: null });
  }

  /**
   * The leg's row. For a new leg, the outcome is written here while the Conference writes the admission, which saves the caller one
   * of the two waits. One transaction for the read and the write, because beginning one costs more than the read.
   */
  #findOrSendNew(
    outcome: InConference,
    leg: string,
    admission: Delivery,
  ): { row: StoredRow } | { entrance: Promise<Entrance | null> } {
    return this.ctx.storage.transactionSync(() => {
      const row = this.#legs.find(leg);
      if (row !== null) return { row };
      // Sent before the write: the platform holds back what is sent after it until it is on disk.
      const entrance = this.#conferences.admit(outcome.conference, leg, [admission]);
      this.#legs.save(null, { ...newRow(leg, outcome.at), outcome });
      return { entrance };
    });
  }
}
