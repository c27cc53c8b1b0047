/** The present route. It is in the part of the URL after `#`, which browsers do not send to the Worker. */
import { useEffect, useState } from "preact/hooks";
import { routeOf, type Route } from "./route.ts";

/** Whether the user has changed views. The first view does not take the focus. */
let moved = false;

export function hasMoved(): boolean {
  return moved;
}

/** Call this before a change of views without a change of the URL, such as after logging in. */
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
