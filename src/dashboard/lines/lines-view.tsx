/** The lines: what each called number leads to. */
import { LineView } from "./line-view.tsx";
import { LineTable } from "./line-table.tsx";

/** `number`: the line that is looked at; null for the table of all. */
export function LinesView({ number }: { number: string | null }) {
  return number === null ? <LineTable /> : <LineView key={number} number={number} />;
}
