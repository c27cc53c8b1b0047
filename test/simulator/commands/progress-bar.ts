/** Shows how a long run goes: a bar redrawn in place on a terminal, a plain line now and then anywhere else. */
import type { Screen } from "./live-table.ts";

/** Real milliseconds between two plain lines. */
const LINE_INTERVAL_MS = 5000;
const WIDTH = 24;

export class ProgressBar {
  readonly #screen: Screen;
  #isDrawn = false;
  #lastLineAt = Number.NEGATIVE_INFINITY;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  /** Shows a share from 0 to 1, and what it means in words. `now`, in milliseconds, paces the plain lines. */
  show(share: number, words: string, now: number): void {
    const filled = Math.round(Math.min(1, Math.max(0, share)) * WIDTH);
    const line = `[${"#".repeat(filled)}${".".repeat(WIDTH - filled)}] ${words}`;
    if (this.#screen.isTTY === true) {
      this.#screen.write(`\r\u001B[2K${line}`);
      this.#isDrawn = true;
    } else if (now - this.#lastLineAt >= LINE_INTERVAL_MS) {
      this.#lastLineAt = now;
      this.#screen.write(`${line}\n`);
    }
  }

  /** Prints lines that stay, in the place of the bar. */
  print(lines: readonly string[]): void {
    if (this.#isDrawn) this.#screen.write("\r\u001B[2K");
    this.#isDrawn = false;
    this.#screen.write(lines.map((line) => `${line}\n`).join(""));
  }
}
