/** A strict client of the bridge's API: an answer that does not have the documented form is an error. */

export interface ConferenceView {
  readonly name: string;
  readonly count: number;
  /** Whether the carrier runs it in two halves that cannot hear each other. */
  readonly split: boolean;
  /** Whether those who are in hear each other. */
  readonly started: boolean;
  readonly locked: boolean;
  /** The legs in phase `in`. */
  readonly present: ReadonlySet<string>;
  /** Those of them who are moderators. */
  readonly moderators: ReadonlySet<string>;
}

export interface JournalEntry {
  readonly seq: number;
  readonly leg: string | null;
  /** `status`, `transfer`, `admission` and so on. */
  readonly kind: string;
  readonly status: string | null;
  /** The webhook as it came. */
  readonly body: unknown;
}

export interface JournalPage {
  readonly events: readonly JournalEntry[];
  /** Where the next page starts, or null at the end. */
  readonly next: number | null;
}

export interface BridgeApi {
  /** What the bridge says about a conference. Throws where it does not answer as promised. */
  conference(name: string): Promise<ConferenceView>;
  /** Locks a conference. Only the view of the conference shows whether it took effect. */
  lock(name: string): Promise<void>;
  /** One page of a conference's journal: at most `limit` entries after the sequence number `after`. */
  journalPage(name: string, after: number, limit: number): Promise<JournalPage>;
}

/** Long enough for a loaded machine; a bridge that needs more is down. */
const TIMEOUT_MS = 10_000;

/**
 * A client for one bridge.
 *
 * @param url The bridge's origin, without a slash at the end.
 * @param token The bearer token of its API.
 */
export function createBridgeApi(url: string, token: string): BridgeApi {
  const ask = async (method: "GET" | "POST", path: string): Promise<unknown> => {
    const response = await fetch(`${url}/api/conferences/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body = await response.text();
    if (response.status !== 200) {
      throw new Error(`${method} ${path}: HTTP ${response.status} ${body}`);
    }
    return JSON.parse(body);
  };
  return {
    async conference(name) {
      return parseConference(await ask("GET", encodeURIComponent(name)));
    },
    async lock(name) {
      await ask("POST", `${encodeURIComponent(name)}/lock`);
    },
    async journalPage(name, after, limit) {
      return parsePage(
        await ask("GET", `${encodeURIComponent(name)}/events?after=${after}&limit=${limit}`),
      );
    },
  };
}

function parseConference(value: unknown): ConferenceView {
  const view = fields(value);
  const participants = array(view["participants"]).map((participant) => fields(participant));
  const present = participants.filter((participant) => participant["phase"] === "in");
  return {
    name: text(view["name"]),
    count: number(view["count"]),
    split: view["split"] === true,
    started: view["started"] === true,
    locked: view["locked"] === true,
    present: new Set(present.map((participant) => text(participant["leg"]))),
    moderators: new Set(
      present
        .filter(({ role }) => role === "moderator")
        .map((participant) => text(participant["leg"])),
    ),
  };
}

function parsePage(value: unknown): JournalPage {
  const page = fields(value);
  return {
    events: array(page["events"]).map((event) => {
      const { seq, leg, kind, status, body } = fields(event);
      return {
        seq: number(seq),
        leg: leg === null ? null : text(leg),
        kind: text(kind),
        status: status === null ? null : text(status),
        body,
      };
    }),
    next: page["next"] === null ? null : number(page["next"]),
  };
}

function fields(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null) throw unexpected("an object", value);
  return { ...value };
}

function array(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw unexpected("an array", value);
  return value;
}

function text(value: unknown): string {
  if (typeof value !== "string") throw unexpected("a text", value);
  return value;
}

function number(value: unknown): number {
  if (typeof value !== "number") throw unexpected("a number", value);
  return value;
}

function unexpected(wanted: string, value: unknown): Error {
  return new Error(`The API answered ${JSON.stringify(value)} where ${wanted} was promised`);
}
