/** Counts rulings and gives the final verdict on the bridge. */
import type { Ruling } from "./referee.ts";

export interface Verdict {
  readonly agreed: boolean;
  /** One sentence. */
  readonly summary: string;
  /** Every difference, once. */
  readonly differences: readonly string[];
}

export class Tally {
  #settled = 0;
  /** Conferences that were seen settled with somebody in them: agreement about empty rooms proves nothing. */
  readonly #inhabited = new Set<string>();
  readonly #seen = new Set<string>();
  readonly #differences = new Set<string>();

  /** Counts a ruling. */
  add(ruling: Ruling): void {
    this.#seen.add(ruling.conference);
    for (const difference of ruling.differences) {
      this.#differences.add(`${ruling.conference} ${difference}`);
    }
    if (!ruling.settled) return;
    this.#settled += 1;
    if (ruling.truth > 0) this.#inhabited.add(ruling.conference);
  }

  /** The verdict on all rulings so far; the last of them are taken for those of the end. */
  verdict(): Verdict {
    const differences = [
      ...this.#differences,
      ...[...this.#seen]
        .filter((conference) => !this.#inhabited.has(conference))
        .map((conference) => `${conference} was never settled with anybody in it`),
    ];
    const agreed = differences.length === 0;
    const summary = agreed
      ? `truth and tracked agreed at all ${this.#settled} settled moments and at the end`
      : `truth and tracked DISAGREED (${this.#settled} settled moments)`;
    return { agreed, summary, differences };
  }
}
