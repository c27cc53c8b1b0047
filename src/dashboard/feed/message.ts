/** Parses the messages of a live socket. Pure. */

export interface FeedMessage {
  type: "snapshot" | "delta";
  seq: number;
}

/**
 * A message; null for anything else, such as the answer to a ping. Only `type` and `seq` are checked: page and messages come from
 * the same Worker.
 */
export function feedMessage(text: string): FeedMessage | null {
  if (!text.startsWith("{")) return null;
  const message = parsed(text);
  return isFeedMessage(message) ? message : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isFeedMessage(value: unknown): value is FeedMessage {
  if (typeof value !== "object" || value === null) return false;
  const { type, seq } = value as Record<string, unknown>;
  return (type === "snapshot" || type === "delta") && typeof seq === "number";
}
