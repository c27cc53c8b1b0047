/** Counts what became of the webhooks of a run. */
import type { DeliveryNews } from "../chaos/webhook-queue.ts";

export class AccountBook {
  readonly answerMs: number[] = [];
  /** Webhooks that the bridge accepted. */
  accepted = 0;
  /** Events that the carrier never sent, by name. */
  readonly withheld = new Map<string, number>();
  /** Webhooks that the bridge did not accept, though they were sent as often as the rules allow. */
  readonly refused: string[] = [];

  hear(news: DeliveryNews): void {
    const { name, leg } = news.webhook;
    if (news.type === "accepted") this.accepted += 1;
    if (news.type === "accepted" && name === "answer") this.answerMs.push(news.ms);
    if (news.type !== "lost") return;
    if (news.chosen) this.withheld.set(name, (this.withheld.get(name) ?? 0) + 1);
    else this.refused.push(`\`${name}\` of leg ${leg} was never accepted: ${news.reason}`);
  }
}

export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
}

/** The median and the 99th percentile (nearest rank), to a tenth; null for nothing. */
export function percentiles(values: readonly number[]): Percentiles | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const value = sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
    return Math.round(value * 10) / 10;
  };
  return { p50: at(0.5), p99: at(0.99) };
}
