/** What a scenario expects of its callers beside the count: where they end up, and what they hear. */
import type { Leg } from "../carrier/leg.ts";
import type { Stage } from "../scenarios/stage.ts";

export interface Expectation {
  /** Who calls, in words. */
  readonly who: string;
  readonly leg: Leg;
  /** The conference that they get into; null for none. */
  readonly room: string | null;
  /** Something that they are told before. */
  readonly hears?: RegExp;
}

/** Unmet expectations, in words. `conferences`: all that any of the callers could have got into. */
export function disappointments(
  { carrier }: Stage,
  conferences: readonly string[],
  expectations: readonly Expectation[],
): string[] {
  return expectations.flatMap(({ who, leg, room, hears }) => {
    const been = conferences.filter((name) => carrier.visitors(name).has(leg.id));
    const expected = room === null ? [] : [room];
    return [
      ...(been.join() === expected.join()
        ? []
        : [`${who} was in ${been.join() || "no room"} and not in ${expected.join() || "none"}`]),
      ...(hears === undefined || leg.heard.some((text) => hears.test(text))
        ? []
        : [`${who} did not hear ${String(hears)}, but ${JSON.stringify(leg.heard)}`]),
    ];
  });
}

/** Participants whom the bridge shows with the wrong role. `moderators`: all who should be moderators. */
export async function misjudged(
  { bridge }: Stage,
  conferences: readonly string[],
  moderators: ReadonlySet<string>,
): Promise<string[]> {
  const views = await Promise.all(conferences.map((name) => bridge.conference(name)));
  return views.flatMap((view) =>
    [...view.present]
      .filter((leg) => view.moderators.has(leg) !== moderators.has(leg))
      .map((leg) => `${leg} is ${moderators.has(leg) ? "no" : "a"} moderator in ${view.name}`),
  );
}

/** Whether a caller was told something. */
export function wasTold({ heard }: Leg, words: RegExp): boolean {
  return heard.some((text) => words.test(text));
}
