/** Errors of the API as problem details (RFC 9457). */
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

const TITLES: Partial<Record<ContentfulStatusCode, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  404: "Not Found",
  413: "Content Too Large",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** `detail`: what to do about it, in words; never anything internal. */
export function problem(c: Context, status: ContentfulStatusCode, detail: string): Response {
  return c.json({ type: "about:blank", title: TITLES[status] ?? "Error", status, detail }, status, {
    "content-type": "application/problem+json",
  });
}
