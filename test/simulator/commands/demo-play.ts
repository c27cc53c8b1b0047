/** Plays the demo: the callers of its cast, the carrier's misbehaviour, and a commentary. */
import { createApplication, DEFAULT_METHODS } from "../webhooks/application.ts";
import { Carrier } from "../carrier/carrier.ts";
import type { Clock } from "../carrier/clock.ts";
import type { Webhook } from "../webhooks/delivery.ts";
import { CAST, MISDEEDS } from "./demo-cast.ts";
import type { CastMember } from "./demo-cast.ts";
import type { Copy, DeliveryNews } from "../chaos/webhook-queue.ts";
import { createRandom } from "../carrier/random.ts";
import type { Account } from "../webhooks/signing.ts";

export interface PlayOptions {
  /** The bridge's origin, without a slash at the end. */
  readonly bridgeUrl: string;
  readonly account: Account;
  readonly clock: Clock;
  /** Prints a line. */
  readonly note: (line: string) => void;
}

const SEED = "demo";

export class Play {
  readonly carrier: Carrier;
  readonly #options: PlayOptions;
  /** Who owns a leg. */
  readonly #names = new Map<string, string>();
  readonly #lost: string[] = [];
  #acceptedWebhooks = 0;
  #isOver = false;

  constructor(options: PlayOptions) {
    this.#options = options;
    this.carrier = new Carrier({
      application: createApplication(options.bridgeUrl, options.account, DEFAULT_METHODS),
      clock: options.clock,
      random: createRandom(SEED),
      mischief: (webhook) => this.#mischief(webhook),
      onNews: (news) => this.#count(news),
    });
  }

  /** Whether nothing happens any more. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** What a caller or the carrier would complain about; empty after a good performance. */
  get problems(): readonly string[] {
    return [...this.carrier.problems, ...this.#lost];
  }

  /** The call time as `m:ss`. */
  time(): string {
    const seconds = Math.floor(this.#options.clock.elapsedMs() / 1000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }

  /** What was played, in a few words. */
  summary(): string {
    return `${CAST.length} calls, ${this.#acceptedWebhooks} webhooks accepted`;
  }

  /** Plays from the first call to the last webhook. Where it is interrupted, nobody calls any more. */
  async perform(interrupted: AbortSignal): Promise<void> {
    await Promise.all(CAST.map((member) => this.#call(member, interrupted)));
    await this.carrier.finished();
    this.#isOver = true;
  }

  async #call(member: CastMember, interrupted: AbortSignal): Promise<void> {
    const { arrivesAt, leavesAt, name, caller, line } = member;
    await this.#options.clock.wait(arrivesAt * 1000, interrupted);
    if (interrupted.aborted) return;
    const hangUpAfterMs = leavesAt === null ? null : (leavesAt - arrivesAt) * 1000;
    const leg = this.carrier.dial({ caller, line, hangUpAfterMs });
    this.#names.set(leg.id, name);
    this.#say(`${name} calls ${line}`);
    leg.ended.addEventListener("abort", () => {
      this.#say(leg.endedBy === "user" ? `${name} hangs up` : `${name} is disconnected`);
    });
  }

  #mischief(webhook: Webhook): readonly Copy[] {
    const name = this.#names.get(webhook.leg);
    const misdeed = MISDEEDS.find((each) => each.name === name && each.webhook === webhook.name);
    if (misdeed === undefined) return [{ afterMs: 0 }];
    this.#say(`! ${misdeed.announcement}`);
    return misdeed.copies.map((seconds) => ({ afterMs: seconds * 1000 }));
  }

  #count(news: DeliveryNews): void {
    if (news.type === "accepted") this.#acceptedWebhooks += 1;
    if (news.type === "lost") {
      const name = this.#names.get(news.webhook.leg) ?? news.webhook.leg;
      this.#lost.push(`${name}'s \`${news.webhook.name}\` was never accepted: ${news.reason}`);
    }
  }

  #say(line: string): void {
    this.#options.note(`${this.time()}  ${line}`);
  }
}
