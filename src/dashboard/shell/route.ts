/** The route of a view, from the part of the URL after `#`. Pure. */

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

/** Null where it is malformed. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
