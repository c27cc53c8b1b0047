/** What a conference asks of the carrier by itself: to hang up after its last moderator, and how silent legs are. */
import { outboxStub } from "../../outbox/client.ts";
import { credentials, sweepAfterMs } from "../../config/settings.ts";
import { LookUps } from "./look-ups.ts";
import type { Participant } from "../state/leg/participant.ts";
import { isUp, type RosterEntry } from "../state/roster.ts";

export class Sweep {
  readonly #env: Env;
  readonly #conference: string;
  readonly #lookUps: LookUps;

  constructor(env: Env, conference: string) {
    this.#env = env;
    this.#conference = conference;
    this.#lookUps = new LookUps(sweepAfterMs(env));
  }

  /** When a leg is to be looked up, in milliseconds since the epoch; null where nobody can, or it is not up. */
  lookUpAt(leg: string, record: Participant): number | null {
    if (credentials(this.#env) === null || !isUp(record)) return null;
    return this.#lookUps.dueAt(leg, record);
  }

  /** Asks about those who have been silent for too long. What comes back joins their sets. */
  async lookUpSilent(roster: readonly RosterEntry[], now: number): Promise<void> {
    this.#lookUps.keepOnly(new Set(roster.map(({ leg }) => leg)));
    const silent = roster.filter(({ leg, record }) => {
      const due = this.lookUpAt(leg, record);
      return due !== null && due <= now;
    });
    await this.#ask("look-up", silent, null);
    for (const { leg, record } of silent) this.#lookUps.asked(leg, record, now);
  }

  /** `key`: what tells this occasion from another, so that asking twice hangs up once. */
  async hangUp(roster: readonly RosterEntry[], key: string): Promise<void> {
    await this.#ask("hangup", roster, key);
  }

  async #ask(
    kind: "hangup" | "look-up",
    roster: readonly RosterEntry[],
    idempotencyKey: string | null,
  ): Promise<void> {
    if (roster.length === 0) return;
    const conference = this.#conference;
    const commands = roster.map(({ leg, record: { regionUrl } }) => ({
      kind,
      conference,
      leg,
      regionUrl,
    }));
    const outbox = outboxStub(this.#env);
    await outbox.submit({ conference, commands, idempotencyKey, fingerprint: kind });
  }
}
