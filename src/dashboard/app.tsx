/** The page: the login, or the view that the route names. */
import { useEffect, useState } from "preact/hooks";
import { ConferenceView } from "./conference/conference-view.tsx";
import { LinesView } from "./lines/lines-view.tsx";
import { LiveView } from "./live/live-view.tsx";
import { Toasts } from "./components/toasts.tsx";
import { ErrorMessage } from "./components/error-message.tsx";
import { ViewTitle } from "./components/view-title.tsx";
import { get, whenLoggedOut, type Problem } from "./shell/api.ts";
import { Frame } from "./shell/frame.tsx";
import { Login } from "./shell/login.tsx";
import { hrefOf, type Route } from "./shell/route.ts";
import { useRoute, willMove } from "./shell/router.ts";
import { type Session } from "./shell/permissions.ts";
import { SessionContext } from "./shell/session.ts";

type Access =
  | { kind: "asking" }
  | { kind: "unknown"; problem: Problem }
  | { kind: "out"; ended: boolean }
  | { kind: "in"; session: Session };

/** Logging out deletes the cookie of all tabs, but each tab must close its own socket. */
const tabs = new BroadcastChannel("partyline-session");

export function App() {
  const [access, setAccess] = useState<Access>({ kind: "asking" });
  const route = useRoute();

  async function askWhoIsIn(): Promise<void> {
    const answer = await get<Session>("/session");
    if (answer.ok) setAccess({ kind: "in", session: answer.value });
    else if (answer.error.status !== 401) setAccess({ kind: "unknown", problem: answer.error });
  }

  function logOut(ended: boolean): void {
    willMove();
    setAccess({ kind: "out", ended });
  }

  useEffect(() => {
    const follow = (): void => {
      willMove();
      setAccess((now) => (now.kind === "out" ? now : { kind: "out", ended: true }));
    };
    tabs.addEventListener("message", follow);
    return () => tabs.removeEventListener("message", follow);
  }, []);

  useEffect(() => {
    // Several requests may get a 401 at once. Only the first one sees that there was a session.
    whenLoggedOut(() =>
      setAccess((now) => (now.kind === "out" ? now : { kind: "out", ended: now.kind === "in" })),
    );
    void askWhoIsIn();
  }, []);

  return (
    <>
      {access.kind === "asking" && (
        <main class="login" aria-busy="true">
          <p>Asking the Worker …</p>
        </main>
      )}
      {access.kind === "unknown" && (
        <main class="login">
          <ViewTitle title="Partyline" />
          <ErrorMessage problem={access.problem} />
          <button
            type="button"
            onClick={() => {
              void askWhoIsIn();
            }}
          >
            Try again
          </button>
        </main>
      )}
      {access.kind === "out" && (
        <Login ended={access.ended} onLogin={(session) => setAccess({ kind: "in", session })} />
      )}
      {access.kind === "in" && (
        <SessionContext.Provider value={access.session}>
          <Frame
            route={route}
            onLogout={() => {
              // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origin
              tabs.postMessage("out");
              logOut(false);
            }}
          >
            <View route={route} />
          </Frame>
        </SessionContext.Provider>
      )}
      <Toasts />
    </>
  );
}

function View({ route }: { route: Route }) {
  switch (route.view) {
    case "live":
      return <LiveView />;
    case "conference":
      return <ConferenceView key={route.name} name={route.name} />;
    case "lines":
      return <LinesView number={route.number} />;
    case "nowhere":
      return (
        <>
          <ViewTitle title="There is no such view" />
          <p>
            <a href={hrefOf({ view: "live" })}>See what is live</a>
          </p>
        </>
      );
  }
}
