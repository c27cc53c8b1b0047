/** Asks before a line is deleted. */
import { FormDialog } from "../components/dialog.tsx";
import { ask } from "../shell/api.ts";
import { linePath } from "./editor/line-answers.ts";
import { writtenNumber } from "./line-number.ts";

interface DeleteDialogProps {
  number: string;
  onDone: (note: string) => void;
  onClose: () => void;
}

export function DeleteDialog({ number, onDone, onClose }: DeleteDialogProps) {
  return (
    <FormDialog
      title={`Delete the line of ${writtenNumber(number)}?`}
      verb="Delete line"
      grave
      submit={() => ask<{ note: string }>("DELETE", linePath(number))}
      onDone={({ note }) => onDone(note)}
      onClose={onClose}
    >
      <p>
        New callers are then served by the line of every other number, or hear that there is no
        conference. Whoever is in one stays there.
      </p>
    </FormDialog>
  );
}
