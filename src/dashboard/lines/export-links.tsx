/** All lines as a file, with their codes and PINs. */
import { hindrance, useSession } from "../shell/session.ts";

const FORMATS = [
  ["JSON", "json"],
  ["CSV", "csv"],
] as const;

/** `why`: the id of the words that say why it cannot be done. */
export function ExportLinks({ why }: { why: string }) {
  const hindered = hindrance(useSession(), "operator");
  return (
    <>
      {FORMATS.map(([name, format]) =>
        hindered === null ? (
          <a
            key={format}
            role="button"
            class="secondary outline"
            href={`/api/lines?format=${format}`}
            download={`lines.${format}`}
          >
            Export {name}
          </a>
        ) : (
          <button
            key={format}
            type="button"
            class="secondary outline"
            disabled
            aria-describedby={why}
            title={hindered}
          >
            Export {name}
          </button>
        ),
      )}
    </>
  );
}
