/** The lines: where each called number leads. */
import { LineView } from "./line-view.tsx";
import { LineTable } from "./line-table.tsx";

/** `number`: the line to show; null for the table of all lines. */
export function LinesView({ number }: { number: string | null }) {
  return number === null ? <LineTable /> : <LineView key={number} number={number} />;
}
