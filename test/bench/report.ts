/** The benchmark's figures as a table and as JSON. Pure. */
import { figure, ratio, summary, type Figure } from "./statistics.ts";
import type { Run } from "./load.ts";
import type { Runs } from "./measures.ts";

/** One line of the table. */
export interface Row {
  readonly name: string;
  readonly figure: Figure;
  readonly unit: string;
  /** What the median may be at most, or must be at least; null where no bar was set. */
  readonly bar: { readonly kind: "at most" | "at least"; readonly value: number } | null;
}

type Quantity = "p50" | "p99" | "perSecond";

export function row(name: string, of: Figure, unit: string, bar: Row["bar"] = null): Row {
  return { name, figure: of, unit, bar };
}

/** A subject's own figures. */
export function absolute(name: string, runs: readonly Run[]): Row[] {
  const { p50, p99, perSecond } = summary(runs);
  return [
    row(`${name}, p50`, p50, "ms"),
    row(`${name}, p99`, p99, "ms"),
    row(name, perSecond, "/s"),
  ];
}

/** One subject's quantity over another's, round by round. */
export function compared(runs: Runs, of: string, to: string, quantity: Quantity): Figure {
  const values = [of, to].map((name) =>
    (runs.get(name) ?? []).map((run) => quantityOf(run, quantity)),
  );
  return ratio(values[0] ?? [], values[1] ?? []);
}

function quantityOf(run: Run, quantity: Quantity): number {
  return summary([run])[quantity].median;
}

export function single(value: number): Figure {
  return figure([value]);
}

export function meetsBar({ figure: { median }, bar }: Row): boolean {
  if (bar === null) return true;
  return bar.kind === "at most" ? median <= bar.value : median >= bar.value;
}

export function table(rows: readonly Row[]): string {
  const cells = rows.map(({ name, figure: { median, low, high }, unit, bar }, index) => [
    name,
    `${format(median)} ${unit}`.trim(),
    low === high ? "" : `${format(low)} … ${format(high)}`,
    bar === null ? "" : `${bar.kind} ${bar.value}`,
    bar === null ? "" : meetsBar(rows[index] as Row) ? "met" : "NOT MET",
  ]);
  const all = [["figure", "median", "middle half", "bar", ""], ...cells];
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(...all.map((line) => line[column]?.length ?? 0)),
  );
  return all
    .map(
      (line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`,
    )
    .toSpliced(1, 0, `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`)
    .join("\n");
}

function format(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 100) return value.toFixed(0);
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}
