/** Where one is on the page: in the address behind the `#`, so that the Worker needs to know nothing of it. */
import { useEffect, useState } from "preact/hooks";
import { routeOf, type Route } from "./route.ts";

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
