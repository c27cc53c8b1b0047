/** What the carrier answers (Vonage Voice API 1.10.0, and the error bodies that were recorded of it). */
import * as v from "valibot";
import { maskNumbers } from "../../lib/mask.ts";

export interface RestReply {
  status: number;
  body: string;
}

export interface CallReport {
  leg: string;
  /** In lower case. */
  status: string;
  /** Numbers in digits; null where it is no phone. */
  to: string | null;
  from: string | null;
}

const Endpoint = v.object({ number: v.nullish(v.string()) });

/** An object in the specification, an array of one in the fixtures of the carrier's PHP SDK. */
const Party = v.pipe(
  v.union([v.tuple([Endpoint]), Endpoint]),
  v.transform((party) => (Array.isArray(party) ? party[0].number : party.number)),
  v.transform((number) => number?.replace(/^\+/, "") ?? null),
);

const Status = v.pipe(v.string(), v.toLowerCase());

const Call = v.pipe(
  v.object({
    uuid: v.pipe(v.string(), v.nonEmpty()),
    status: Status,
    to: v.fallback(v.nullable(Party), null),
    from: v.fallback(v.nullable(Party), null),
  }),
  v.transform(({ uuid, status, to, from }): CallReport => ({ leg: uuid, status, to, from })),
);

const Created = v.object({ uuid: v.pipe(v.string(), v.nonEmpty()), status: v.optional(Status) });

const Page = v.object({ count: v.number(), _embedded: v.object({ calls: v.array(Call) }) });

const Complaint = v.object({
  title: v.optional(v.string()),
  error_title: v.optional(v.string()),
  detail: v.optional(v.string()),
  invalid_parameters: v.optional(v.array(v.object({ name: v.string(), reason: v.string() }))),
});

/** The call of a 200; null where the body is none. */
export function readCall({ body }: RestReply): CallReport | null {
  return read(Call, body);
}

/** The call that a 201 says was made; null where the body is not readable. */
export function readCreated({ body }: RestReply): { leg: string; status: string | null } | null {
  const created = read(Created, body);
  return created && { leg: created.uuid, status: created.status ?? null };
}

/** A page of calls, and how many there are on all pages. */
export function readPage({ body }: RestReply): { calls: CallReport[]; count: number } | null {
  const page = read(Page, body);
  // oxlint-disable-next-line no-underscore-dangle -- the carrier's name
  return page && { calls: page._embedded.calls, count: page.count };
}

/** Why the carrier refused, for people: its own words, without numbers. */
export function refusalReason({ status, body }: RestReply): string {
  const complaint = read(Complaint, body);
  const parameters = complaint?.invalid_parameters?.map(({ name, reason }) => `${name} ${reason}`);
  const words = [
    complaint?.title ?? complaint?.error_title,
    complaint?.detail,
    parameters?.join(", "),
  ].filter((text) => text !== undefined && text !== "");
  return maskNumbers(
    `the carrier answered ${status}${words.length > 0 ? `: ${words.join(": ")}` : ""}`,
  );
}

function read<Schema extends v.GenericSchema>(
  schema: Schema,
  body: string,
): v.InferOutput<Schema> | null {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null;
  }
  const result = v.safeParse(schema, value);
  return result.success ? result.output : null;
}
