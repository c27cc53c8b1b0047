/** A small chart of the count in the last hour. */
import type { CountStep } from "../../contract/conference-view.ts";
import { now, useTicking } from "../shell/clock.ts";
import { mostOf, stepsFrom } from "./counts.ts";

const WIDTH = 120;
const HEIGHT = 28;
const HOUR_MS = 3_600_000;

/** A pixel is half a minute. */
const REDRAW_MS = HOUR_MS / WIDTH;

/** The least height of the scale, so that one caller is not drawn like fifty. */
const LEAST_TOP = 4;

export function Sparkline({ steps }: { steps: readonly CountStep[] | null }) {
  useTicking((time) => String(Math.floor(time / REDRAW_MS)));
  if (steps === null) return <span class="spark-none" />;
  const to = now();
  const shown = stepsFrom(steps, to - HOUR_MS);
  const most = mostOf(shown);
  const line = pathOf(shown, to, Math.max(most, LEAST_TOP));
  return (
    <svg
      class="spark"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`In the last hour, at most ${most}`}
    >
      <path class="spark-area" d={`${line} V ${HEIGHT} H ${startOf(shown, to)} Z`} />
      <path class="spark-line" d={line} />
    </svg>
  );
}

function x(at: number, to: number): number {
  return Math.max(0, Math.round((10 * WIDTH * (at - to + HOUR_MS)) / HOUR_MS) / 10);
}

function startOf(steps: readonly CountStep[], to: number): number {
  return x(steps[0]?.[0] ?? to, to);
}

function pathOf(steps: readonly CountStep[], to: number, top: number): string {
  const y = (count: number): number =>
    Math.round(10 * (HEIGHT - 1 - (count / top) * (HEIGHT - 3))) / 10;
  const [first, ...rest] = steps;
  if (first === undefined) return `M 0 ${y(0)} H ${WIDTH}`;
  const moves = rest.map(([at, count]) => `H ${x(at, to)} V ${y(count)}`);
  return [`M ${x(first[0], to)} ${y(first[1])}`, ...moves, `H ${WIDTH}`].join(" ");
}
