/** The commands for the whole room. */
import { useState } from "preact/hooks";
import type { BatchView } from "../../contract/batch-view.ts";
import { ActButton, OpenButton } from "../components/act-button.tsx";
import { FormDialog } from "../components/dialog.tsx";
import { conferencePath, order } from "../shell/api.ts";
import { AnnounceDialog, DialDialog } from "./order-dialogs.tsx";
import { tellBatch } from "./orders.ts";

interface ControlsProps {
  conference: string;
  locked: boolean;
  /** How many are in or on their way in. */
  people: number;
}

export function Controls({ conference, locked, people }: ControlsProps) {
  const [open, setOpen] = useState<"announce" | "dial" | "end" | null>(null);
  const path = conferencePath(conference);
  const close = (): void => setOpen(null);
  return (
    <>
      <div class="controls" role="group" aria-label="Room">
        <ActButton<{ locked: boolean }>
          name={locked ? "Unlock" : "Lock"}
          need="operator"
          act={() => order(`${path}/${locked ? "unlock" : "lock"}`)}
          done={(now) =>
            now.locked ? "Locked: new guests are turned away." : "Unlocked: guests are let in."
          }
        >
          {locked ? "Unlock" : "Lock"}
        </ActButton>
        {(["mute", "unmute"] as const).map((action) => {
          const name = action === "mute" ? "Mute guests" : "Unmute guests";
          return (
            <ActButton<BatchView>
              key={action}
              name={name}
              need="carrier"
              act={() => order(`${path}/guests/${action}`)}
              done={(batch) => tellBatch(batch, name, action === "mute" ? "Muted" : "Unmuted")}
            >
              {name}
            </ActButton>
          );
        })}
        <OpenButton need="carrier" onClick={() => setOpen("announce")}>
          Announce …
        </OpenButton>
        <OpenButton need="dial" onClick={() => setOpen("dial")}>
          Dial out …
        </OpenButton>
        <OpenButton need="carrier" class="grave outline" onClick={() => setOpen("end")}>
          End …
        </OpenButton>
      </div>
      {open === "announce" && <AnnounceDialog path={path} onClose={close} />}
      {open === "dial" && <DialDialog path={path} onClose={close} />}
      {open === "end" && (
        <FormDialog<BatchView>
          title={`End ${conference}?`}
          verb="End the conference"
          grave
          submit={() => order(`${path}/end`)}
          onDone={(batch) => tellBatch(batch, "End", "Hung up on")}
          onClose={close}
        >
          <p>
            {people === 1 ? "One person is" : `${people} people are`} hung up on. They may call
            again.
          </p>
        </FormDialog>
      )}
    </>
  );
}
