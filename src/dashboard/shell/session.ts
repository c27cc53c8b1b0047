/** Who is logged in, for every part of the page. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Session } from "./permissions.ts";

export const SessionContext = createContext<Session | null>(null);

/** Of those who are inside `SessionContext`, which is everybody but the login. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("nobody is logged in here");
  return session;
}
