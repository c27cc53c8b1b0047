/** Links that download all lines as a file, with their codes and PINs. */
import { whyId } from "../components/act-button.tsx";
import { SaveButton } from "../components/save-button.tsx";
import { permissionNote } from "../shell/permissions.ts";
import { useSession } from "../shell/session.ts";

const FORMATS = [
  ["JSON", "json"],
  ["CSV", "csv"],
] as const;

export function ExportLinks() {
  const session = useSession();
  const note = permissionNote(session, "operator");
  return (
    <>
      {FORMATS.map(([name, format]) =>
        note === null ? (
          <SaveButton key={format} name={`Export ${name}`} path={`/lines?format=${format}`} />
        ) : (
          <button
            key={format}
            type="button"
            class="secondary outline"
            disabled
            aria-describedby={whyId(session, "operator")}
            title={note}
          >
            Export {name}
          </button>
        ),
      )}
    </>
  );
}
