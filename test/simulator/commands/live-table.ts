/** Shows rulings as they come: a table redrawn in place on a terminal, a plain line now and then anywhere else. */
import type { Writable } from "node:stream";
import type { Ruling } from "../referee/referee.ts";

export interface Screen extends Writable {
  readonly isTTY?: boolean;
}

/** Real milliseconds between two plain lines. */
const LINE_INTERVAL_MS = 2000;

export class LiveTable {
  readonly #screen: Screen;
  /** The table's lines as they stand on the terminal; none anywhere else. */
  #drawn: string[] = [];
  #lastLineAt = Number.NEGATIVE_INFINITY;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  /** Prints a line above the table, for good. */
  note(line: string): void {
    this.#redraw([line], this.#drawn);
  }

  /** Shows the latest rulings. `clock` is the time to print; `now`, in milliseconds, paces the plain lines. */
  show(rulings: readonly Ruling[], clock: string, now: number): void {
    if (this.#screen.isTTY === true) {
      this.#redraw([], tableLines(rulings));
    } else if (now - this.#lastLineAt >= LINE_INTERVAL_MS) {
      this.#lastLineAt = now;
      this.#screen.write(`${clock}  ${plainLine(rulings)}\n`);
    }
  }

  /** Replaces the table by lines that stay and a new table below them. */
  #redraw(staying: readonly string[], table: string[]): void {
    // Up to the old table's first line, then clear to the end of the screen.
    const erase = this.#drawn.length > 0 ? `\u001B[${this.#drawn.length}A\u001B[0J` : "";
    this.#screen.write(erase + [...staying, ...table].map((line) => `${line}\n`).join(""));
    this.#drawn = table;
  }
}

/** A head and one line for each conference. */
function tableLines(rulings: readonly Ruling[]): string[] {
  const head = `  ${"conference".padEnd(12)}${"truth".padStart(6)}${"tracked".padStart(9)}`;
  return ["", head, ...rulings.map((ruling) => tableRow(ruling))];
}

function tableRow(ruling: Ruling): string {
  const truth = String(ruling.truth).padStart(6);
  const tracked = trackedText(ruling).padStart(9);
  return `  ${ruling.conference.padEnd(12)}${truth}${tracked}   ${remark(ruling)}`;
}

function plainLine(rulings: readonly Ruling[]): string {
  return rulings
    .map(
      (ruling) =>
        `${ruling.conference}: truth ${ruling.truth}, tracked ${trackedText(ruling)}, ${remark(ruling)}`,
    )
    .join(" | ");
}

function trackedText(ruling: Ruling): string {
  return ruling.tracked === null ? "?" : String(ruling.tracked);
}

function remark(ruling: Ruling): string {
  if (!ruling.settled) return "webhooks on their way";
  return ruling.differences.length === 0 ? "agree" : `DISAGREE: ${ruling.differences.join(", ")}`;
}
