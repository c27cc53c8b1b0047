/** The session, for every component. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Session } from "./permissions.ts";

export const SessionContext = createContext<Session | null>(null);

/** Only inside `SessionContext`, so everywhere except in the login. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("nobody is logged in here");
  return session;
}
