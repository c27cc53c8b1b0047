/** Buttons for commands, disabled with an explanation if the user may not give them. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Answer } from "../shell/api.ts";
import { permissionNote, type Need, type Session } from "../shell/permissions.ts";
import { useSession } from "../shell/session.ts";
import { toastDone, toastFailed } from "./toasts.tsx";

interface ActButtonProps<T> {
  /** The command and its object: “Mute +44 7700 900123”. It contains the text on the button. */
  name: string;
  need: Need;
  act: () => Promise<Answer<T>>;
  /** The toast after success; null for none, if the result is visible anyway. */
  done: (value: T) => string | null;
  class?: string;
  children: ComponentChildren;
}

export function ActButton<T>(props: ActButtonProps<T>) {
  const { name, need, act, done, children } = props;
  const session = useSession();
  const [busy, setBusy] = useState(false);
  const note = permissionNote(session, need);

  async function run(): Promise<void> {
    setBusy(true);
    const answer = await act();
    setBusy(false);
    if (!answer.ok) {
      toastFailed(name, answer.error);
      return;
    }
    const words = done(answer.value);
    if (words !== null) toastDone(words);
  }

  return (
    <button
      type="button"
      class={props.class ?? "secondary outline"}
      aria-label={name}
      aria-busy={busy}
      // Not `disabled` while busy: that would take the focus away.
      disabled={note !== null}
      aria-describedby={note === null ? undefined : whyId(session, need)}
      title={note ?? undefined}
      onClick={() => {
        if (!busy) void run();
      }}
    >
      {children}
    </button>
  );
}

/** Opens a dialog for a command. */
export function OpenButton(props: {
  name?: string;
  need: Need;
  class?: string;
  onClick: () => void;
  children: ComponentChildren;
}) {
  const session = useSession();
  const note = permissionNote(session, props.need);
  return (
    <button
      type="button"
      class={props.class ?? "secondary outline"}
      aria-label={props.name}
      aria-haspopup="dialog"
      disabled={note !== null}
      aria-describedby={note === null ? undefined : whyId(session, props.need)}
      title={note ?? undefined}
      onClick={props.onClick}
    >
      {props.children}
    </button>
  );
}

/** Why some buttons of a view are disabled; nothing if none is. Each view with such buttons needs this once. */
export function PermissionNotes() {
  const session = useSession();
  const needs =
    session.role === "viewer" ? (["operator"] as const) : (["carrier", "dial"] as const);
  return (
    <div class="permission-notes">
      {needs.map((need) => {
        const words = permissionNote(session, need);
        return words === null ? null : (
          <p key={need} id={whyId(session, need)} class="permission-note">
            {words}
          </p>
        );
      })}
    </div>
  );
}

/** The id of the explanation. A viewer gets the same one for all buttons. */
export function whyId({ role }: Session, need: Need): string {
  return `why-${role === "viewer" ? "operator" : need}`;
}
