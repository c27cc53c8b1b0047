/**
 * Remembers where each leg was sent. No webhook carries the conference's name, and a line can be edited while a call
 * is up, so a leg's webhooks have only its id in common. What comes before the outcome, or cannot be handed over,
 * waits in the leg's row.
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
  outcomeOf,
  toDelivery,
  unasked,
  type Admission,
  type Admitted,
  type Delivered,
  type InConference,
  type LegRecord,
  type Refused,
} from "./admission.ts";
import { ConferenceClient } from "../conference/client.ts";
import { fallbackRoute } from "./fallback-route.ts";
import { lastMove, nextLook } from "./last-move.ts";
import { failed, handedOver, holdingAll, newRow } from "./leg-row.ts";
import { LegStore } from "./leg-store.ts";
import {
  isOutbound,
  isSettled,
  recalledFrom,
  resolution,
  type LegOutcome,
  type Reason,
} from "./outcome.ts";
import { roomOf } from "./room-of.ts";
import { migrations, type StoredRow } from "./leg-rows.ts";
import { tellUnrouted } from "./unrouted.ts";

/** How many legs one alarm deals with, so that it ends; the rest follows at once. */
const BATCH = 100;
const ALARM_RETRY_MS = 60_000;

export class Switchboard extends DurableObject<Env> {
  readonly #legs: LegStore;
  readonly #conferences: ConferenceClient;
  /** Decisions about one leg are taken one at a time; its webhooks wait for a decision under way. */
  readonly #deciding = new KeyedLock();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    migrate(ctx.storage, migrations);
    this.#legs = new LegStore(ctx.storage, env);
    this.#conferences = new ConferenceClient(env.CONFERENCE);
  }

  /**
   * Sends a caller to a conference, which says whether they get in. The first outcome that names one stands, also when
   * the line has moved since.
   */
  async admit(admission: Admission): Promise<Admitted> {
    const { leg, role } = admission;
    const outcome = outcomeOf(admission);
    return await this.#deciding.run(leg, async () => {
      const delivery = toDelivery(admission);
      const found = this.#findOrSendNew(outcome, leg, delivery);
      if ("entrance" in found) {
        await this.#legs.wakeFor(null);
        return { outcome, entrance: await this.#orHold(leg, delivery, found.entrance) };
      }
      const { row } = found;
      const standing = row.outcome;
      if (standing?.kind === "conference" && !standing.guessed) {
        // Asked again: perhaps because this object went down before the conference knew. To it this is the same one.
        const again = toDelivery({
          ...admission,
          room: standing.line,
          role: standing.role ?? role,
          at: standing.at,
        });
        // It went down in the middle of a move.
        if (!isSettled(standing)) return await this.#send(standing, leg, row, again);
        const entrance = this.#conferences.admit(standing.conference, leg, [again]);
        return { outcome: standing, entrance: await this.#orHold(leg, again, entrance) };
      }

      const recallFrom = recalledFrom(standing, outcome.conference);
      if (recallFrom === null) return await this.#send(outcome, leg, row, delivery);
      const moving = { ...outcome, recallFrom };
      await this.#beginRecall(row, moving);
      return await this.#send(moving, leg, this.#legs.find(leg), delivery);
    });
  }

  /**
   * Remembers why a caller is not put through, so that the leg is never guessed into a room; from a room that it was guessed
   * into it is taken back.
   */
  async refuse(leg: string, reason: Refusal, at: number): Promise<Refused> {
    return await this.#deciding.run(leg, async () => {
      const row = this.#legs.find(leg);
      const standing = row?.outcome ?? null;
      // A line that could not be read says nothing about the leg, and must not undo what is known of it.
      if (standing?.kind === "conference" && !standing.guessed) {
        const entrance = await this.#conferences.entrance(standing.conference, leg);
        return { outcome: standing, entrance };
      }
      if (standing?.kind === "none" && standing.reason === reason) return { outcome: standing };
      const recallFrom = recalledFrom(standing, null) ?? undefined;
      const outcome = { kind: "none", reason, at, ...omitUndefined({ recallFrom }) } as const;
      const refused = { ...(row ?? newRow(leg, at)), outcome };
      if (row !== null && recallFrom !== undefined) {
        await this.#beginRecall(row, outcome);
        await this.#recall(leg, recallFrom);
        return { outcome };
      }
      const dueAt = nextLook(refused, Date.now());
      await this.#legs.saveAndWake(row, { ...refused, dueAt });
      return { outcome };
    });
  }

  /**
   * Takes a webhook of a leg. Once this resolves it is durable, here or in the leg's Conference. `invited`: we called this leg,
   * so that no line tells where it goes; only its own answer does.
   */
  async deliver(leg: string, delivery: Delivery, invited = false): Promise<Delivered> {
    await this.#deciding.idle(leg);
    const conference = this.#legs.clearWayOf(leg);
    return conference === null
      ? await this.#legs.hold(leg, delivery, invited)
      : await this.#deliverTo(conference, leg, delivery);
  }

  /** What is known of a leg; null for one that was never heard of, or longer ago than rows are kept. */
  leg(leg: string): LegRecord | null {
    const row = this.#legs.find(leg);
    return row && { leg, outcome: row.outcome, held: row.held.length, firstAt: row.firstAt };
  }

  override async alarm(): Promise<void> {
    const now = Date.now();
    const due = this.#legs.rang(now, BATCH);
    try {
      await Promise.all(due.map((row) => this.#attend(row)));
      await this.#legs.tidy(now);
    } catch (error) {
      log("switchboard alarm failed", { reason: reasonOf(error) });
      await this.#legs.wakeFor(Date.now() + ALARM_RETRY_MS);
    }
  }

  /** One leg that cannot be settled must not keep the others waiting. */
  async #attend(row: StoredRow): Promise<void> {
    try {
      await this.#deciding.run(row.leg, () => this.#settle(row.leg));
    } catch (error) {
      log("leg not settled", { leg: row.leg, reason: reasonOf(error) });
      this.#legs.postpone(row, Date.now() + ALARM_RETRY_MS);
    }
  }

  /** Does what is due about one leg: finds out where it belongs, or hands over what is held. */
  async #settle(leg: string): Promise<void> {
    const row = this.#legs.find(leg);
    if (row === null || row.dueAt === null) return;
    if (row.outcome?.kind === "conference") {
      await this.#send(row.outcome, leg, row, null);
      return;
    }
    const recallFrom = row.outcome?.recallFrom;
    if (recallFrom !== undefined) return await this.#recall(leg, recallFrom);
    const move = lastMove(row);
    const room = move && (await roomOf(this.env, move.to, Date.now()));
    const current = this.#legs.find(leg) ?? row;
    if (room !== null) {
      log("leg found in a room", { leg, conference: room.conference });
      await this.#send(room, leg, current, null);
      return;
    }
    if (current.outcome === null) return await this.#resolve(current);
    this.#legs.save(current, { ...current, dueAt: nextLook(current, Date.now()) });
  }

  /** The answer webhook never reached us: the number's line tells where the leg went, if anything can. */
  async #resolve(row: StoredRow): Promise<void> {
    const now = Date.now();
    const plan = resolution(row, now);
    if (plan.kind === "wait") {
      return this.#legs.save(row, { ...row, dueAt: earliest([plan.until, nextLook(row, now)]) });
    }
    if (plan.kind === "unrouted") return this.#giveUp(row, "unrouted", now);

    const outcome = await fallbackRoute(this.env, plan.number, now);
    const current = this.#legs.find(row.leg) ?? row;
    if (outcome === null) return this.#legs.save(current, failed(current, now));
    if (outcome.kind === "none") return this.#giveUp(current, outcome.reason, now);
    log("leg resolved by its line", { leg: row.leg, conference: outcome.conference });
    await this.#send(outcome, row.leg, current, null);
  }

  /** What is held stays with the row: an admission that comes later still delivers it. */
  #giveUp(row: StoredRow, reason: Reason, at: number): void {
    log("leg not routed", { leg: row.leg, reason, held: row.held.length });
    if (!isOutbound(row)) {
      tellUnrouted(this.env, (work) => this.ctx.waitUntil(work), row.leg, reason);
    }
    this.#legs.save(row, { ...row, outcome: { kind: "none", reason, at }, dueAt: null });
  }

  /** Written down before it is done: what comes from now on waits for it, and it outlives this object. */
  async #beginRecall(row: StoredRow, outcome: LegOutcome): Promise<void> {
    const now = Date.now();
    const after = failed({ ...row, outcome }, now);
    await this.#legs.saveAndWake(row, after);
  }

  /** Takes a leg that its line has refused back from the conference that it was guessed into, with all that it received. */
  async #recall(leg: string, from: string): Promise<void> {
    const recalled = await this.#conferences.recall(from, leg);
    const row = this.#legs.find(leg);
    if (row?.outcome?.kind !== "none") return;
    const now = Date.now();
    if (recalled === null) return this.#legs.save(row, failed(row, now));
    const { recallFrom: _, ...outcome } = row.outcome;
    const after = holdingAll({ ...row, outcome, failures: 0, dueAt: null }, recalled, now);
    this.#legs.save(row, after);
  }

  /**
   * Gives a leg its outcome and hands its Conference the admission and all that is held, then writes both down at once:
   * one row, and the outcome is durable before anybody is told of it. What cannot be handed over stays held.
   */
  async #send(
    outcome: InConference,
    leg: string,
    row: StoredRow | null,
    admission: Delivery | null,
  ): Promise<Admitted> {
    const saves = this.#legs.saves;
    const { recallFrom, ...settled } = outcome;
    const recalled =
      recallFrom === undefined ? [] : await this.#conferences.recall(recallFrom, leg);
    const first = admission === null ? [] : [admission];
    const deliveries = [...first, ...(recalled ?? []), ...(row?.held ?? [])];
    const { conference } = outcome;
    const entrance = recalled && (await this.#conferences.takeOver(conference, leg, deliveries));

    // Others may have been held meanwhile.
    const current = saves === this.#legs.saves ? row : this.#legs.find(leg);
    const later = (current?.held ?? []).slice(row?.held.length ?? 0);
    const held = entrance === null ? [...deliveries.map(unasked), ...later] : later;
    const now = Date.now();
    const reached = recalled === null ? outcome : settled;
    const from = current ?? newRow(leg, outcome.at);
    const after = handedOver(from, reached, held, entrance !== null, now);
    await this.#legs.saveAndWake(current, after);
    return { outcome: settled, entrance };
  }

  /**
   * A leg's row; of a leg that is new, the outcome is written while its Conference writes the admission, which saves the
   * caller one of the two waits. One transaction, since beginning one is the dearest part of a read.
   */
  #findOrSendNew(
    outcome: InConference,
    leg: string,
    admission: Delivery,
  ): { row: StoredRow } | { entrance: Promise<Entrance | null> } {
    return this.ctx.storage.transactionSync(() => {
      const row = this.#legs.find(leg);
      if (row !== null) return { row };
      // Before anything is written: what is sent after that waits until it is on disk.
      const entrance = this.#conferences.admit(outcome.conference, leg, [admission]);
      this.#legs.save(null, { ...newRow(leg, outcome.at), outcome });
      return { entrance };
    });
  }

  /** What the Conference says; where it does not answer, the admission is held for it. */
  async #orHold(
    leg: string,
    admission: Delivery,
    asked: Promise<Entrance | null>,
  ): Promise<Entrance | null> {
    const entrance = await asked;
    if (entrance === null) await this.#legs.hold(leg, unasked(admission));
    return entrance;
  }

  /** Straight to a conference, or held where it does not answer. */
  async #deliverTo(conference: string, leg: string, delivery: Delivery): Promise<Delivered> {
    const outcomes = await this.#conferences.hand(conference, leg, [delivery]);
    const settled = this.#legs.isSettledIn(leg, conference);
    // A leg that was guessed may have been moved meanwhile: then its new conference must have the webhook too.
    if (outcomes === null || !(settled || this.#legs.isIn(leg, conference))) {
      return await this.#legs.hold(leg, delivery);
    }
    return { outcome: outcomes[0] ?? "ignored", conference, settled };
  }
}
