/** A chart of the count over time. */
import { useEffect, useRef, useState } from "preact/hooks";
import uPlot from "uplot";
import type { CountStep } from "../../contract/conference-view.ts";
import { mostOf, stepsFrom } from "../live/counts.ts";
import type { Counts } from "../live/use-counts.ts";
import { ErrorMessage } from "../components/error-message.tsx";
import { now, useTicking } from "../shell/clock.ts";
import { momentOf } from "../shell/times.ts";

const HEIGHT = 180;
const MINUTE_MS = 60_000;
const REDRAW_MS = 10_000;

/** The least height of the scale, so that one caller is not drawn like fifty. */
const LEAST_TOP = 4;

/** uPlot's own format of times is American everywhere. */
const HOUR_AND_MINUTE = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });

interface CountChartProps extends Counts {
  /** How far back it goes. */
  minutes: number;
}

export function CountChart({ steps, problem, tryAgain, minutes }: CountChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const [pointed, setPointed] = useState<CountStep | null>(null);
  const dark = useDark();
  const tick = useTicking((time) => String(Math.floor(time / REDRAW_MS)));
  const to = now();
  const shown = stepsFrom(steps ?? [], to - minutes * MINUTE_MS);

  useEffect(() => {
    if (place.current === null) return;
    const made = new uPlot(optionsFor(place.current, setPointed), [[], []], place.current);
    chart.current = made;
    const resize = new ResizeObserver(([entry]) => {
      if (entry !== undefined) made.setSize({ width: entry.contentRect.width, height: HEIGHT });
    });
    resize.observe(place.current);
    return () => {
      resize.disconnect();
      made.destroy();
      chart.current = null;
    };
  }, [dark]);

  useEffect(() => {
    const seconds = [...shown.map(([at]) => at / 1_000), to / 1_000];
    const counts = [...shown.map(([, count]) => count), shown.at(-1)?.[1] ?? 0];
    chart.current?.batch(() => {
      chart.current?.setData([seconds, counts], false);
      chart.current?.setScale("x", { min: (to - minutes * MINUTE_MS) / 1_000, max: to / 1_000 });
      chart.current?.setScale("y", { min: 0, max: Math.max(LEAST_TOP, mostOf(shown)) + 0.5 });
    });
    // The time is left out of the dependencies: the chart would be drawn again with every message.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [steps, minutes, tick, dark]);

  return (
    <figure class="chart">
      <div ref={place} aria-hidden="true" />
      <figcaption>
        {steps !== null && captionOf(shown)}
        {steps === null && problem === null && "The last hours are being asked for."}
        <span aria-hidden="true">{pointed !== null && ` · ${readingOf(pointed)}`}</span>
      </figcaption>
      <ErrorMessage problem={problem} />
      {problem !== null && (
        <button type="button" class="quiet" onClick={tryAgain}>
          Try again
        </button>
      )}
    </figure>
  );
}

function captionOf(steps: readonly CountStep[]): string {
  const most = mostOf(steps);
  const peak = steps.find(([, count]) => count === most);
  return most === 0 || peak === undefined
    ? "Nobody was in during this time."
    : `At most ${most}, at ${momentOf(peak[0], now())}`;
}

function readingOf([at, count]: CountStep): string {
  return `${count} at ${momentOf(at, now())}`;
}

function optionsFor(place: Element, point: (step: CountStep | null) => void): uPlot.Options {
  const style = getComputedStyle(place);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const axis = {
    stroke: colour("--quiet"),
    font: `12px ${style.fontFamily}`,
    grid: { stroke: colour("--rule"), width: 1 },
    ticks: { show: false },
  };
  return {
    width: place.clientWidth,
    height: HEIGHT,
    padding: [8, 24, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: { x: { time: true, auto: false }, y: { auto: false } },
    axes: [
      {
        ...axis,
        size: 26,
        values: (_, moments) => moments.map((seconds) => HOUR_AND_MINUTE.format(seconds * 1_000)),
      },
      { ...axis, size: 32, incrs: [1, 2, 5, 10, 20, 50] },
    ],
    series: [
      {},
      {
        stroke: colour("--accent"),
        fill: colour("--accent-wash"),
        width: 1.5,
        points: { show: false },
        ...(uPlot.paths.stepped !== undefined && { paths: uPlot.paths.stepped({ align: 1 }) }),
      },
    ],
    hooks: {
      setCursor: [
        ({ cursor, data }) => {
          const index = cursor.idx ?? null;
          const [at, count] = index === null ? [] : [data[0][index], data[1]?.[index]];
          point(at === undefined || typeof count !== "number" ? null : [at * 1_000, count]);
        },
      ],
    },
  };
}

/** A canvas does not inherit the colours of the page. */
function useDark(): boolean {
  const [query] = useState(() => matchMedia("(prefers-color-scheme: dark)"));
  const [dark, setDark] = useState(query.matches);
  useEffect(() => {
    const follow = (): void => setDark(query.matches);
    query.addEventListener("change", follow);
    return () => query.removeEventListener("change", follow);
  }, [query]);
  return dark;
}
