/** Commands that a conference gives by itself: to hang up after its last moderator has left, and to look up silent legs. */
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

  /** When to look up a leg, in milliseconds since the epoch; null without credentials, or if the leg is not up. */
  lookUpAt(leg: string, record: Participant): number | null {
    if (credentials(this.#env) === null || !isUp(record)) return null;
    return this.#lookUps.dueAt(leg, record);
  }

  /** Looks up the legs that have been silent for too long. The answers join their sets. */
  async lookUpSilent(roster: readonly RosterEntry[], now: number): Promise<void> {
    this.#lookUps.keepOnly(new Set(roster.map(({ leg }) => leg)));
    const silent = roster.filter(({ leg, record }) => {
      const due = this.lookUpAt(leg, record);
      return due !== null && due <= now;
    });
    await this.#submit("look-up", silent, null);
    for (const { leg, record } of silent) this.#lookUps.asked(leg, record, now);
  }

  /** Idempotent for the same `key`. */
  async hangUp(roster: readonly RosterEntry[], key: string): Promise<void> {
    await this.#submit("hangup", roster, key);
  }

  async #submit(
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
