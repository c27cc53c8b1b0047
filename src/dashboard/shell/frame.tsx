/** The header and navigation around every view. */
import type { ComponentChildren } from "preact";
import { Logo } from "../components/logo.tsx";
import { ask } from "./api.ts";
import { hrefOf, type Route } from "./route.ts";
import { useSession } from "./session.ts";
import { toastFailed } from "../components/toasts.tsx";

interface FrameProps {
  route: Route;
  onLogout: () => void;
  children: ComponentChildren;
}

export function Frame({ route, onLogout, children }: FrameProps) {
  const { role } = useSession();

  async function logOut(): Promise<void> {
    const answer = await ask("DELETE", "/session");
    if (answer.ok) onLogout();
    else toastFailed("Log out", answer.error);
  }

  return (
    <>
      <a class="skip" href="#main" onClick={skip}>
        Skip to content
      </a>
      <header class="bar">
        <a class="brand" href={hrefOf({ view: "live" })}>
          <Logo />
          <span>Partyline</span>
        </a>
        <nav aria-label="Views">
          <a
            href={hrefOf({ view: "live" })}
            aria-current={route.view === "live" ? "page" : undefined}
          >
            Live
          </a>
          <a
            href={hrefOf({ view: "lines", number: null })}
            aria-current={route.view === "lines" ? "page" : undefined}
          >
            Lines
          </a>
        </nav>
        <span class="who">{role === "viewer" ? "Viewer" : "Operator"}</span>
        <button
          type="button"
          class="quiet"
          onClick={() => {
            void logOut();
          }}
        >
          Log out
        </button>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

/** Moves the focus. The part of the URL after `#` belongs to the router, so following the link would leave the view. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}
