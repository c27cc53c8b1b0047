/** Hands legs and their webhooks over to conferences, and holds what a conference does not accept. */
import type { ConferenceClient } from "../conference/client.ts";
import type { Entrance } from "../conference/state/admission-policy.ts";
import type { Delivery } from "../conference/state/delivery.ts";
import { admitted, unasked, type Admitted, type Delivered } from "./admission.ts";
import { failed, handedOver, holdingAll, newRow } from "./leg-row.ts";
import type { StoredRow } from "./leg-rows.ts";
import type { LegStore } from "./leg-store.ts";
import type { InConference, LegOutcome } from "./outcome.ts";

export class HandOver {
  readonly #legs: LegStore;
  readonly #conferences: ConferenceClient;

  constructor(legs: LegStore, conferences: ConferenceClient) {
    this.#legs = legs;
    this.#conferences = conferences;
  }

  /** Saves the move before it begins: webhooks are held from now on, and the move continues if this object goes down. */
  async beginRecall(row: StoredRow, outcome: LegOutcome): Promise<void> {
    const now = Date.now();
    const after = failed({ ...row, outcome }, now);
    await this.#legs.saveAndWake(row, after);
  }

  /** Recalls a refused leg, with all its webhooks, from the conference that a fallback sent it to. */
  async recall(leg: string, from: string): Promise<void> {
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
   * Hands the leg's Conference the admission and all held webhooks, then saves the outcome and what is still held in one row. So the
   * outcome is durable before the caller hears it, and what the Conference did not accept stays held.
   */
  async send(
    outcome: InConference,
    leg: string,
    row: StoredRow | null,
    admission: Delivery | null,
  ): Promise<Admitted> {
    const { version } = this.#legs;
    const { recallFrom, ...settled } = outcome;
    const recalled =
      recallFrom === undefined ? [] : await this.#conferences.recall(recallFrom, leg);
    const first = admission === null ? [] : [admission];
    const deliveries = [...first, ...(recalled ?? []), ...(row?.held ?? [])];
    const { conference } = outcome;
    const entrance = recalled && (await this.#conferences.takeOver(conference, leg, deliveries));

    // More webhooks may have been held during the calls above. Reading the row again only then saves three rows read per call.
    const current = version === this.#legs.version ? row : this.#legs.find(leg);
    const later = (current?.held ?? []).slice(row?.held.length ?? 0);
    const held = entrance === null ? [...deliveries.map(unasked), ...later] : later;
    const now = Date.now();
    const reached = recalled === null ? outcome : settled;
    const from = current ?? newRow(leg, outcome.at);
    const after = handedOver(from, reached, held, entrance !== null, now);
    await this.#legs.saveAndWake(current, after);
    return admitted(settled, entrance);
  }

  /** What the Conference decided; if it does not answer, the admission is held for it. */
  async entranceOrHold(
    leg: string,
    admission: Delivery,
    asked: Promise<Entrance | null>,
  ): Promise<Entrance | null> {
    const entrance = await asked;
    if (entrance === null) await this.#legs.hold(leg, unasked(admission));
    return entrance;
  }

  /** Delivers straight to a conference; if that does not answer, the webhook is held. */
  async deliverTo(conference: string, leg: string, delivery: Delivery): Promise<Delivered> {
    const outcomes = await this.#conferences.hand(conference, leg, [delivery]);
    const settled = this.#legs.isRouted(leg, conference);
    // A leg that a fallback sent there may have been moved during the call: then its new conference needs the webhook too.
    if (outcomes === null || !(settled || this.#legs.isIn(leg, conference))) {
      return await this.#legs.hold(leg, delivery);
    }
    return { outcome: outcomes[0] ?? "ignored", conference, settled };
  }
}
