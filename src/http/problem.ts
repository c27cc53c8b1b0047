/** Error replies as problem details (RFC 9457). */
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

const TITLES: Partial<Record<ContentfulStatusCode, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  426: "Upgrade Required",
  429: "Too Many Requests",
  500: "Internal Server Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

/**
 * `detail`: what is wrong and what to do about it, for people; never anything internal. `errors`: each mistake by itself, where
 * there can be several.
 */
export function problem(
  c: Context,
  status: ContentfulStatusCode,
  detail: string,
  errors?: readonly string[],
): Response {
  return c.json(
    { type: "about:blank", title: TITLES[status] ?? "Error", status, detail, errors },
    status,
    { "content-type": "application/problem+json" },
  );
}

/** When a request that came too often, or found its conference busy, may be repeated. */
const RETRY_AFTER_SECONDS = "5";

/** The reply to a viewer where all viewers together make too many requests. */
export function tooOften(c: Context): Response {
  c.header("retry-after", RETRY_AFTER_SECONDS);
  return problem(c, 429, "Viewers ask for too much at the moment. Please try again in a while.");
}

/** The reply where a conference has more reads waiting than it can do beside its calls. */
export function tooBusy(c: Context): Response {
  c.header("retry-after", RETRY_AFTER_SECONDS);
  return problem(c, 503, "The conference is asked for too much at the moment. Please try again.");
}
