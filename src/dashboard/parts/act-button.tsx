/** A button that has something done, or says why it cannot. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Answer } from "../shell/api.ts";
import { hindrance, useSession, type Need } from "../shell/session.ts";
import { tellDone, tellFailed } from "./notices.tsx";

interface ActButtonProps<T> {
  /** What it does, and to whom: “Mute +44 7700 900123”. The text on it is a part of this. */
  name: string;
  need: Need;
  /** Where it stands in words why it cannot be used: the id of a `Hindrance`. */
  why: string;
  act: () => Promise<Answer<T>>;
  /** What to say when it was done; null says nothing, since it can be seen. */
  done: (value: T) => string | null;
  pressed?: boolean;
  class?: string;
  children: ComponentChildren;
}

export function ActButton<T>(props: ActButtonProps<T>) {
  const { name, need, why, act, done, pressed, children } = props;
  const [busy, setBusy] = useState(false);
  const hindered = hindrance(useSession(), need);

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
      aria-pressed={pressed}
      aria-busy={busy}
      // Not `disabled` while it is busy: that would take the focus away.
      disabled={hindered !== null}
      aria-describedby={hindered === null ? undefined : why}
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
  why: string;
  class?: string;
  onClick: () => void;
  children: ComponentChildren;
}) {
  const hindered = hindrance(useSession(), props.need);
  return (
    <button
      type="button"
      class={props.class ?? "secondary outline"}
      aria-label={props.name}
      aria-haspopup="dialog"
      disabled={hindered !== null}
      aria-describedby={hindered === null ? undefined : props.why}
      title={hindered ?? undefined}
      onClick={props.onClick}
    >
      {props.children}
    </button>
  );
}

/** Why buttons of this kind cannot be used, in words beside them; nothing where they can. */
export function Hindrance({ id, need }: { id: string; need: Need }) {
  const words = hindrance(useSession(), need);
  return words === null ? null : (
    <p id={id} class="hindrance">
      {words}
    </p>
  );
}
