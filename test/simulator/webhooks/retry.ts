/**
 * How often the carrier sends a webhook that fails, and after which failures. Its documents contradict each other, so
 * each reading is a rule of its own.
 */
import type { WebhookKind } from "./application.ts";

/**
 * `once`: one additional attempt (Application API, and support article 115016024247); `twice`: two, as the
 * troubleshooting guide says; `any-error`: one, but after every error, as an extract of the current pages says.
 */
export type Retry = "once" | "twice" | "any-error";

export interface RetryRule {
  /** How often a webhook is sent at most. */
  readonly attempts: number;
  /** Real milliseconds between two attempts. */
  readonly pauseMs: number;
  /** Whether an error is worth another attempt. Time-outs and broken connections always are, by every document. */
  isRetried(kind: WebhookKind, status: number): boolean;
}

/** What every document lists, and 502, which one lists for events alone. */
const PASSING_ERRORS: Readonly<Record<WebhookKind, readonly number[]>> = {
  answer: [429, 503, 504],
  fallback: [429, 503, 504],
  event: [429, 502, 503, 504],
};

function isPassing(kind: WebhookKind, status: number): boolean {
  return PASSING_ERRORS[kind].includes(status);
}

/** No pause is documented, so there is none. */
export const RETRY_RULES: Readonly<Record<Retry, RetryRule>> = {
  once: { attempts: 2, pauseMs: 0, isRetried: isPassing },
  twice: { attempts: 3, pauseMs: 0, isRetried: isPassing },
  "any-error": {
    attempts: 2,
    pauseMs: 0,
    isRetried: (_, status) => status < 200 || status > 299,
  },
};

/**
 * More patient than any document, for whoever kills the bridge in between: only if every webhook arrives in the end can
 * the counts be compared. What was acknowledged does not depend on it.
 */
export const PATIENT_RETRY: RetryRule = { ...RETRY_RULES.once, attempts: 1000, pauseMs: 100 };
