/**
 * Reads an NCCO as strictly as its reference allows (Vonage Voice API, NCCO reference): the platform refuses the whole
 * array where one action is wrong, and so does this.
 */
import { ACTION_OPTIONS } from "./ncco-options.ts";
import { isObject, tableProblems } from "./option-checks.ts";

/** Where an action reports to; the application's event URL, by POST, where it is missing. */
interface Reporting {
  readonly eventUrl?: readonly [string];
  readonly eventMethod?: "GET" | "POST";
}

export interface TalkAction {
  readonly action: "talk";
  readonly text: string;
  /** How often it is said; 0 means without end. */
  readonly loop?: number;
  readonly bargeIn?: boolean;
}

export interface StreamAction {
  readonly action: "stream";
  readonly streamUrl: readonly [string];
  readonly loop?: number;
  readonly bargeIn?: boolean;
}

export interface WaitAction {
  readonly action: "wait";
  /** Seconds, 10 where missing. */
  readonly timeout?: number;
}

export interface InputAction extends Reporting {
  readonly action: "input";
  readonly type: readonly ("dtmf" | "speech")[];
  /** `timeOut` in seconds. */
  readonly dtmf?: {
    readonly timeOut?: number;
    readonly maxDigits?: number;
    readonly submitOnHash?: boolean;
  };
  /** All in seconds but `saveAudio`. */
  readonly speech?: {
    readonly startTimeout?: number;
    readonly endOnSilence?: number;
    readonly maxDuration?: number;
    readonly saveAudio?: boolean;
  };
  readonly mode?: "synchronous" | "asynchronous";
}

export interface RecordAction extends Reporting {
  readonly action: "record";
  readonly endOnSilence?: number;
  readonly endOnKey?: string;
  /** Seconds. */
  readonly timeOut?: number;
}

export interface NotifyAction extends Reporting {
  readonly action: "notify";
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface ConnectAction extends Reporting {
  readonly action: "connect";
  readonly endpoint: readonly [Readonly<Record<string, unknown>>];
  readonly from?: string;
  /** How long it rings at most, and how long the call lasts at most: seconds. */
  readonly timeout?: number;
  readonly limit?: number;
}

export interface ConversationAction extends Reporting {
  readonly action: "conversation";
  readonly name: string;
  readonly startOnEnter?: boolean;
  readonly endOnExit?: boolean;
  readonly record?: boolean;
  readonly musicOnHoldUrl?: readonly [string];
  readonly mute?: boolean;
}

export interface TransferAction {
  readonly action: "transfer";
  readonly conversationId: string;
  readonly mute?: boolean;
}

export type Action =
  | TalkAction
  | StreamAction
  | WaitAction
  | InputAction
  | RecordAction
  | NotifyAction
  | ConnectAction
  | ConversationAction
  | TransferAction;

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
  return actions === null
    ? { ok: false, problems: ["body is not a JSON array"] }
    : checkNcco(actions);
}

/** Reads an NCCO that came as a value, in a REST request. */
export function checkNcco(actions: readonly unknown[]): NccoResult {
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
  return tableProblems(table, options);
}
