/** All lines as a file, with their codes and PINs. */
import { whyId } from "../components/act-button.tsx";
import { SaveButton } from "../components/save-button.tsx";
import { hindrance } from "../shell/permissions.ts";
import { useSession } from "../shell/session.ts";

const FORMATS = [
  ["JSON", "json"],
  ["CSV", "csv"],
] as const;

export function ExportLinks() {
  const session = useSession();
  const hindered = hindrance(session, "operator");
  return (
    <>
      {FORMATS.map(([name, format]) =>
        hindered === null ? (
          <SaveButton key={format} name={`Export ${name}`} path={`/lines?format=${format}`} />
        ) : (
          <button
            key={format}
            type="button"
            class="secondary outline"
            disabled
            aria-describedby={whyId(session, "operator")}
            title={hindered}
          >
            Export {name}
          </button>
        ),
      )}
    </>
  );
}
