/**
 * Reads an NCCO as strictly as its reference allows (Vonage Voice API, NCCO reference): the platform refuses the whole
 * array where one action is wrong, and so does this.
 */
import { ACTION_OPTIONS } from "./ncco-options.ts";

export interface TalkAction {
  readonly action: "talk";
  readonly text: string;
  /** How often it is said; 0 means without end. */
  readonly loop?: number;
}

export interface ConversationAction {
  readonly action: "conversation";
  readonly name: string;
  readonly startOnEnter?: boolean;
  readonly endOnExit?: boolean;
}

export type Action = TalkAction | ConversationAction;

export type NccoResult =
  | { readonly ok: true; readonly actions: readonly Action[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads the response to a webhook that returns an NCCO. */
export function parseNcco(contentType: string, body: string): NccoResult {
  // Any other type counts as wrongly encoded, also where the body is an NCCO.
  if (!/^application\/json\s*(;|$)/i.test(contentType)) {
    return { ok: false, problems: [`content type is "${contentType}", not application/json`] };
  }
  const actions = parseArray(body);
  if (actions === null) return { ok: false, problems: ["body is not a JSON array"] };
  if (actions.length === 0) return { ok: false, problems: ["array has no action"] };

  if (actions.every((action) => isAction(action))) return { ok: true, actions };
  const problems = actions.flatMap((action, index) =>
    actionProblems(action).map((problem) => `action ${index + 1}: ${problem}`),
  );
  return { ok: false, problems };
}

function isAction(value: unknown): value is Action {
  return actionProblems(value).length === 0;
}

function parseArray(body: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(body);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function actionProblems(action: unknown): string[] {
  if (!isObject(action)) return ["is not an object"];
  const { action: name, ...options } = action;
  const table = typeof name === "string" ? ACTION_OPTIONS.get(name) : undefined;
  if (table === undefined) return [`unknown action ${JSON.stringify(name)}`];

  const missing = table.required
    .filter((option) => options[option] === undefined)
    .map((option) => `${option} is required`);
  const wrong = Object.entries(options).flatMap(([option, value]) => {
    const problem = table.checks.get(option)?.(value) ?? null;
    if (!table.checks.has(option)) return [`${option} is no option of ${String(name)}`];
    return problem === null ? [] : [`${option} ${problem}`];
  });
  return [...missing, ...wrong, ...table.together(options)];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
