/**
 * One conference: a thin shell around the pure record of its legs. It adds webhooks to their legs' sets, writes SQL,
 * and keeps its alarm at the next moment at which the answer will change by itself.
 */
import { DurableObject } from "cloudflare:workers";
import { dayOf, startOfDay } from "../lib/day-tables.ts";
import { log, reasonOf } from "../lib/log.ts";
import { migrate } from "../lib/migrate.ts";
import { legDays, maxCallMs, retentionDays } from "../lib/settings.ts";
import { Wake } from "../lib/wake.ts";
import { parseEvent } from "../vonage/event.ts";
import type { Payload } from "../vonage/payload.ts";
import type { Delivery } from "./delivery.ts";
import { Journal, type NumberedEntry } from "./journal.ts";
import type { Outcome } from "./leg-set.ts";
import { Legs, type StoredLeg } from "./legs.ts";
import { participant, UNCONFIRMED_MS, type Participant } from "./participant.ts";
import { filed, receive } from "./receive.ts";
import { migrations } from "./schema.ts";
import {
  conferenceView,
  participantView,
  type ConferenceView,
  type ParticipantView,
} from "./view.ts";
import { webhookKey, webhookOf, writtenTime } from "./webhook.ts";

/** When the alarm itself fails, it is tried again after this, for as long as it takes. */
const ALARM_RETRY_MS = 60_000;

export class Conference extends DurableObject<Env> {
  readonly #legs: Legs;
  readonly #journal: Journal;
  readonly #wake: Wake;
  /** Every leg that is not gone for good; the rest is only in SQL. */
  readonly #live: Map<string, StoredLeg>;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    migrate(ctx.storage, migrations);
    this.#legs = new Legs(ctx.storage.sql);
    this.#journal = new Journal(ctx.storage.sql);
    this.#wake = new Wake(ctx.storage);
    this.#live = new Map(this.#legs.live().map((leg) => [leg.leg, leg]));
  }

  /** Takes webhooks of one leg. Once this resolves they are durable, each in the journal exactly once. */
  async record(leg: string, deliveries: readonly Delivery[]): Promise<Outcome[]> {
    const now = Date.now();
    // Reads belong inside: SQLite then opens one transaction instead of several.
    const received = this.#write(() => {
      const before = this.#find(leg, now);
      const unknown: StoredLeg = { leg, gone: 0, webhooks: [], duplicates: 0, leftAt: null };
      const taken = receive(before ?? unknown, deliveries, now, maxCallMs(this.env));
      this.#journal.append(taken.entries, now);
      this.#legs.save(before, taken.leg);
      return taken;
    });
    this.#keep(received.leg);
    await this.#wake.by(this.#lookAgainAt(received.leg, received.record, now), now);
    return received.outcomes;
  }

  /** Journals a recording, which has no leg. A hash of what it says tells a repetition. */
  async recording(delivery: Delivery): Promise<Outcome> {
    const now = Date.now();
    const fresh = this.#write(() => {
      const written = this.ctx.storage.sql.exec(
        "INSERT INTO recording (id, day) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING id",
        webhookKey(delivery.webhook),
        dayOf(now),
      );
      if (written.toArray().length === 0) return false;
      const { webhook, kind, status, receivedAt, body } = delivery;
      this.#journal.append(
        [
          {
            leg: null,
            kind,
            status,
            at: writtenTime(webhook),
            receivedAt,
            outcome: "ignored",
            body,
          },
        ],
        now,
      );
      return true;
    });
    await this.#wake.by(startOfDay(dayOf(now) + retentionDays(this.env) + 1), now);
    return fresh ? "ignored" : "duplicate";
  }

  /** Lets go of a leg that was sent elsewhere after all, and hands over what was received of it. */
  async release(leg: string): Promise<Delivery[]> {
    const now = Date.now();
    const before = this.#find(leg, now);
    if (before === null) return [];
    const deliveries = this.#journal.ofLeg(leg).flatMap(redelivery);
    await this.record(leg, [
      {
        webhook: { type: "release", at: now },
        kind: "admission",
        status: "released",
        receivedAt: now,
        body: "{}",
      },
    ]);
    return deliveries;
  }

  /** The conference at this moment, with the `gone` legs that left last. */
  view(gone: number): ConferenceView {
    const now = Date.now();
    const legs = [...this.#live.values()].map((leg) => this.#entry(leg, now));
    const lapsed = legs.filter(([, { phase }]) => phase === "gone");
    const left = gone === 0 ? [] : this.#legs.latestGone(gone).map((leg) => this.#entry(leg, now));
    const latest = [...lapsed, ...left].toSorted(
      ([, a], [, b]) => (b.leftAt ?? 0) - (a.leftAt ?? 0),
    );
    return conferenceView(this.ctx.id.name ?? "", legs, latest.slice(0, gone), now);
  }

  /** One leg's record, with how many of its webhooks came more than once; null for a leg that was never here. */
  participant(leg: string): { participant: ParticipantView; duplicates: number } | null {
    const now = Date.now();
    const stored = this.#find(leg, now);
    return (
      stored && {
        participant: participantView(...this.#entry(stored, now)),
        duplicates: stored.duplicates,
      }
    );
  }

  /** The journal above the number `after`, at most `limit` entries and not more than one answer can carry. */
  events(after: number, limit: number): { entries: NumberedEntry[]; more: boolean } {
    return this.#journal.read(after, limit);
  }

  override async alarm(): Promise<void> {
    const now = Date.now();
    this.#wake.rang();
    try {
      this.#fileLapsed(now);
      this.#forget(now);
      await this.#wake.by(this.#nextMoment(now), Date.now());
    } catch (error) {
      log("conference alarm failed", {
        conference: this.ctx.id.name ?? "",
        reason: reasonOf(error),
      });
      await this.#wake.by(now + ALARM_RETRY_MS, now);
    }
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

  /** Looks no further back than the switchboard remembers: of an older leg nothing can come any more. */
  #find(leg: string, now: number): StoredLeg | null {
    const today = dayOf(now);
    return this.#live.get(leg) ?? this.#legs.findGone(leg, today - legDays(this.env), today);
  }

  /** Memory follows SQL, never the other way round. */
  #keep(leg: StoredLeg): void {
    if (leg.gone === 0) this.#live.set(leg.leg, leg);
    else this.#live.delete(leg.leg);
  }

  #entry(leg: StoredLeg, now: number): [string, Participant] {
    return [leg.leg, this.#recordOf(leg, now)];
  }

  #recordOf(leg: StoredLeg, now: number): Participant {
    return participant(leg.webhooks, now, maxCallMs(this.env));
  }

  /** Files legs whose time ran out among those that are gone. */
  #fileLapsed(now: number): void {
    for (const leg of this.#live.values()) {
      const record = this.#recordOf(leg, now);
      const after = filed(leg, record, now);
      if (after.gone === 0) continue;
      this.#legs.save(leg, after);
      this.#keep(after);
      const { reason } = record;
      log("leg lapsed", { conference: this.ctx.id.name ?? "", leg: leg.leg, reason });
    }
  }

  #forget(now: number): void {
    const firstKept = dayOf(now) - retentionDays(this.env);
    this.ctx.storage.transactionSync(() => {
      this.#journal.dropBefore(firstKept);
      this.#legs.deleteGoneBefore(firstKept);
      this.ctx.storage.sql.exec("DELETE FROM recording WHERE day < ?", firstKept);
    });
  }

  #nextMoment(now: number): number | null {
    const moments = [
      this.#retentionAt(),
      ...[...this.#live.values()].map((leg) =>
        this.#lookAgainAt(leg, this.#recordOf(leg, now), now),
      ),
    ];
    const coming = moments.filter((moment) => moment !== null);
    return coming.length === 0 ? null : Math.min(...coming);
  }

  /** When the first day that is kept now has been kept long enough. */
  #retentionAt(): number | null {
    const days = [this.#journal.oldestDay(), this.#legs.oldestGoneDay()].filter(
      (day) => day !== null,
    );
    return days.length === 0 ? null : startOfDay(Math.min(...days) + retentionDays(this.env) + 1);
  }

  /**
   * When a leg is to be looked at again without a further webhook. Of an expected leg already when an answer that
   * comes right now would count without a transfer: `answered` then finds the alarm set, which saves a row a call.
   */
  #lookAgainAt(leg: StoredLeg, record: Participant, now: number): number | null {
    if (leg.gone !== 0) return startOfDay(leg.gone + retentionDays(this.env) + 1);
    const { phase, nextChangeAt } = record;
    if (phase !== "expected" || nextChangeAt === null) return nextChangeAt;
    const admission = leg.webhooks.find((webhook) => webhook.type === "admission");
    return Math.min(nextChangeAt, now + UNCONFIRMED_MS + (admission?.greetingMs ?? 0));
  }
}

/** A webhook as it came, read again from the journal. Its own admission does not go with a leg that moves. */
function redelivery({ kind, status, receivedAt, body, seq }: NumberedEntry): Delivery[] {
  if (kind === "admission") return [];
  const webhook = webhookOf(parseEvent(JSON.parse(body) as Payload), String(seq));
  return [{ webhook, kind, status, receivedAt, body }];
}
