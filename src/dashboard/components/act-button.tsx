/** Buttons that have something done, or say why they cannot. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Answer } from "../shell/api.ts";
import { hindrance, type Need, type Session } from "../shell/permissions.ts";
import { useSession } from "../shell/session.ts";
import { tellDone, tellFailed } from "./toasts.tsx";

interface ActButtonProps<T> {
  /** What it does, and to whom: “Mute +44 7700 900123”. The text on it is a part of this. */
  name: string;
  need: Need;
  act: () => Promise<Answer<T>>;
  /** What to say when it was done; null says nothing, since it can be seen. */
  done: (value: T) => string | null;
  class?: string;
  children: ComponentChildren;
}

export function ActButton<T>(props: ActButtonProps<T>) {
  const { name, need, act, done, children } = props;
  const session = useSession();
  const [busy, setBusy] = useState(false);
  const hindered = hindrance(session, need);

  async function run(): Promise<void> {
    setBusy(true);
    const answer = await act();
    setBusy(false);
    if (!answer.ok) {
      tellFailed(name, answer.error);
      return;
    }
    const words = done(answer.value);
    if (words !== null) tellDone(words);
  }

  return (
    <button
      type="button"
      class={props.class ?? "secondary outline"}
      aria-label={name}
      aria-busy={busy}
      // Not `disabled` while it is busy: that would take the focus away.
      disabled={hindered !== null}
      aria-describedby={hindered === null ? undefined : whyId(session, need)}
      title={hindered ?? undefined}
      onClick={() => {
        if (!busy) void run();
      }}
    >
      {children}
    </button>
  );
}

/** Opens something, such as a dialogue, from which an action follows. */
export function OpenButton(props: {
  name?: string;
  need: Need;
  class?: string;
  onClick: () => void;
  children: ComponentChildren;
}) {
  const session = useSession();
  const hindered = hindrance(session, props.need);
  return (
    <button
      type="button"
      class={props.class ?? "secondary outline"}
      aria-label={props.name}
      aria-haspopup="dialog"
      disabled={hindered !== null}
      aria-describedby={hindered === null ? undefined : whyId(session, props.need)}
      title={hindered ?? undefined}
      onClick={props.onClick}
    >
      {props.children}
    </button>
  );
}

/** Why some of a view's buttons cannot be used, in words; nothing where all can. Once in each view that has such buttons. */
export function Hindrances() {
  const session = useSession();
  const needs =
    session.role === "viewer" ? (["operator"] as const) : (["carrier", "dial"] as const);
  return (
    <div class="hindrances">
      {needs.map((need) => {
        const words = hindrance(session, need);
        return words === null ? null : (
          <p key={need} id={whyId(session, need)} class="hindrance">
            {words}
          </p>
        );
      })}
    </div>
  );
}

/** A viewer is told once, whatever the button. */
export function whyId({ role }: Session, need: Need): string {
  return `why-${role === "viewer" ? "operator" : need}`;
}
