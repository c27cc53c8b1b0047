/** The table of all lines, with search, import and export. */
import { useState } from "preact/hooks";
import { PermissionNotes, OpenButton } from "../components/act-button.tsx";
import { Field } from "../components/field.tsx";
import { Badge } from "../components/badge.tsx";
import { ErrorMessage } from "../components/error-message.tsx";
import { ViewTitle } from "../components/view-title.tsx";
import { hrefOf } from "../shell/route.ts";
import { useSession } from "../shell/session.ts";
import { ExportLinks } from "./export-links.tsx";
import { ImportDialog } from "./import-dialog.tsx";
import type { LineEntry } from "./editor/line-answers.ts";
import { conferencesOf, factsOf, isSought } from "./line-facts.ts";
import { writtenNumber } from "./line-number.ts";
import { NumberForm } from "./number-form.tsx";
import { useLines } from "./use-lines.ts";

export function LineTable() {
  const { role } = useSession();
  const [sought, setSought] = useState("");
  const [importing, setImporting] = useState(false);
  const { lines, more, busy, problem, next, reload } = useLines(sought.trim() !== "");
  const shown = lines.filter((one) => isSought(one, writtenNumber(one.number), sought));
  return (
    <>
      <div class="view-head">
        <ViewTitle title="Lines" />
        <p class="totals" role="status">
          {totalsOf(lines.length, shown.length, more || busy, sought)}
        </p>
        <search>
          <Field
            label="Search"
            type="search"
            placeholder="Number, conference"
            value={sought}
            onInput={setSought}
          />
        </search>
      </div>
      <div class="line-ways">
        <NumberForm />
        <section aria-labelledby="in-and-out">
          <h2 id="in-and-out">Many at once</h2>
          <div class="buttons">
            <OpenButton need="operator" onClick={() => setImporting(true)}>
              Import …
            </OpenButton>
            <ExportLinks />
          </div>
          {role === "viewer" && <PermissionNotes />}
        </section>
      </div>
      <ErrorMessage problem={problem} />
      <section aria-label="All lines" aria-busy={busy}>
        {shown.length > 0 && <Table lines={shown} />}
        {!busy && problem === null && lines.length === 0 && (
          <p class="nothing">There are no lines yet. Open the number that callers dial, above.</p>
        )}
        {!busy && lines.length > 0 && shown.length === 0 && (
          <p class="nothing">No line has “{sought}” in its number or its conferences.</p>
        )}
        {more && sought.trim() === "" && (
          <button type="button" class="quiet" aria-busy={busy} onClick={next}>
            Show more lines
          </button>
        )}
      </section>
      {importing && <ImportDialog onDone={reload} onClose={() => setImporting(false)} />}
    </>
  );
}

function totalsOf(known: number, shown: number, more: boolean, sought: string): string {
  const all = known === 1 ? "1 line" : `${known} lines`;
  if (sought.trim() !== "") return `${shown} of ${more ? `the first ${all}` : all}`;
  return more ? `The first ${all}` : all;
}

function Table({ lines }: { lines: readonly LineEntry[] }) {
  return (
    <table role="table" class="lines">
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">
            Number
          </th>
          <th scope="col" role="columnheader">
            Leads to
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {lines.map((line) => (
          <Row key={line.number} line={line} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ line }: { line: LineEntry }) {
  const { number } = line;
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <a href={hrefOf({ view: "lines", number })}>{writtenNumber(number)}</a>
      </th>
      <td role="cell">
        <Target line={line} />
        <span class="badges">
          {factsOf(line).map((fact) => (
            <Badge key={fact.text} {...fact} />
          ))}
        </span>
      </td>
    </tr>
  );
}

function Target({ line: { line, problems } }: { line: LineEntry }) {
  if (line === null || problems.length > 0) return <>{problems[0] ?? "Nowhere"}</>;
  const [name, ...others] = conferencesOf(line);
  if (line.rooms !== undefined) {
    const rooms = line.rooms.length === 1 ? "1 room" : `${line.rooms.length} rooms`;
    return <span title={[name, ...others].join(", ")}>{rooms}, by a code</span>;
  }
  return name === undefined ? null : <a href={hrefOf({ view: "conference", name })}>{name}</a>;
}
