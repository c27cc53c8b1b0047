/** Where one is on the page: in the address behind the `#`, so that the Worker needs to know nothing of it. */
import { useEffect, useState } from "preact/hooks";

export type Route =
  | { view: "live" }
  | { view: "conference"; name: string }
  | { view: "lines"; number: string | null }
  | { view: "nowhere" };

export function routeOf(hash: string): Route {
  const [view = "", subject = "", ...more] = hash.replace(/^#?\/?/, "").split("/");
  const name = decoded(subject);
  if (more.length > 0 || name === null) return { view: "nowhere" };
  if (view === "" && name === "") return { view: "live" };
  if (view === "conferences" && name !== "") return { view: "conference", name };
  if (view === "lines") return { view: "lines", number: name === "" ? null : name };
  return { view: "nowhere" };
}

export function hrefOf(route: Exclude<Route, { view: "nowhere" }>): string {
  switch (route.view) {
    case "live":
      return "#/";
    case "conference":
      return `#/conferences/${encodeURIComponent(route.name)}`;
    case "lines":
      return route.number === null ? "#/lines" : `#/lines/${encodeURIComponent(route.number)}`;
  }
}

/** Null where it is not well written. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Whether somebody has gone from one view to another: the first one shown takes nobody's focus away. */
let moved = false;

export function hasMoved(): boolean {
  return moved;
}

/** What comes next is a view that somebody asked for, though the address stays the same: after logging in, for example. */
export function willMove(): void {
  moved = true;
}

export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = (): void => {
      moved = true;
      setHash(location.hash);
    };
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return routeOf(hash);
}
