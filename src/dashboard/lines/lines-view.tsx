/** The lines: what each called number leads to. */
import { ViewTitle } from "../parts/view-title.tsx";

/** `number`: the line that is looked at; null for the table of all. */
export function LinesView({ number }: { number: string | null }) {
  return <ViewTitle title={number === null ? "Lines" : `Line ${number}`} />;
}
