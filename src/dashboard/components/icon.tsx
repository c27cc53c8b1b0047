/** Icons beside words, never instead of them. */

/** Strokes on a grid of 16. */
const STROKES = {
  alert: "M8 2.2 14.6 13.6H1.4zM8 6.4v3.4M8 11.8v.1",
  check: "M2.6 8.6 6.2 12l7.2-7.8",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.2V2.5h-8v8h2.7",
  ear: "M5 6.2a3.2 3.2 0 1 1 6.2 1c-.6 1.7-2.4 2-2.6 4-.2 1.8-1 2.8-2.2 2.8-1 0-1.6-.6-1.8-1.4M2 2l12 12",
  filter: "M2 3h12L9.6 8.4v4.8l-3.2-1.7V8.4z",
  hangup: "M2 9.8c3.4-3.2 8.6-3.2 12 0l-1.4 1.9-2.7-1.1V8.4a7.6 7.6 0 0 0-3.8 0v2.2l-2.7 1.1z",
  key: "M5.2 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6M8.2 8h6M11.6 8v2.6M14 8v1.6",
  live: "M8 6.5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3M4.7 11.3a4.7 4.7 0 0 1 0-6.6M11.3 4.7a4.7 4.7 0 0 1 0 6.6M2.6 13.4a7.6 7.6 0 0 1 0-10.8M13.4 2.6a7.6 7.6 0 0 1 0 10.8",
  lock: "M3.5 7.5h9v6h-9zM5.5 7.3V5a2.5 2.5 0 0 1 5 0v2.3",
  microphone:
    "M8 1.8a2 2 0 0 1 2 2v3.7a2 2 0 0 1-4 0V3.8a2 2 0 0 1 2-2M3.7 7.5a4.3 4.3 0 0 0 8.6 0M8 11.8v2.4M2 2l12 12",
  question:
    "M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8M6.2 6.3c0-2.3 3.7-2.3 3.7-.1 0 1.5-1.9 1.5-1.9 2.9M8 11.2v.1",
  record: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M8 5.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4",
  split: "M2 8h4M10 8h4M6 4v8M10 4v8",
  star: "M8 1.9l1.8 4 4.3.4-3.2 2.9.9 4.3L8 11.3l-3.8 2.2.9-4.3L1.9 6.3l4.3-.4z",
  wait: "M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8M8 4.5V8l2.5 1.6",
} as const;

export type IconName = keyof typeof STROKES;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={STROKES[name]} />
    </svg>
  );
}
