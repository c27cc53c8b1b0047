/** What is asked of every operation that takes a body, names a conference, or gives an order. */
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { faultOnce } from "../../../simulator/rest/fault.ts";
import { OPERATIONS, operationOf, type Operation } from "../../../support/openapi.ts";
import { evict, hanging, ringAlarm } from "../../support/carrier.ts";
import { perform, type Exercise } from "../../support/api/exercise.ts";
import { join } from "../../support/api/operator.ts";

const LINE = "14155550100";
/** Of a file of lines. */
const MOST_BYTES = 1_048_576;
const HOUR_MS = 3_600_000;
const KEY = { headers: { "idempotency-key": "tuesday" } };

const named = OPERATIONS.filter(({ path }) => path.includes("{name}"));
const ofLegs = OPERATIONS.filter(({ path }) => path.includes("/participants/{leg}/"));
const orders = OPERATIONS.filter(({ responses }) => responses.has(202));
const withBody = OPERATIONS.filter(({ body }) => body !== null);
/** JSON, and no text that is stored as it is. */
const withJson = withBody.filter(({ path }) => !path.startsWith("/api/lines"));
const ofCarrier = [...orders, ...["getRecording", "getTranscription"].map((id) => operationOf(id))];

export const EVERYWHERE: Exercise[] = [
  ...each(named, { status: 400, because: "no conference has that name", path: { name: "a%20b" } }),
  ...each(withBody, {
    status: 413,
    because: "the body is too large",
    body: "1".repeat(MOST_BYTES + 1),
  }),
  ...each(withBody, { status: 415, because: "the body is a form", type: "multipart/form-data" }),
  ...each(withJson, { status: 400, because: "the body is no JSON", body: "{" }),
  ...each(withJson, { status: 400, because: "the body has a key too many", body: { extra: 1 } }),
  ...each(ofCarrier, {
    status: 501,
    because: "there are no credentials",
    settings: { VONAGE_PRIVATE_KEY: "" },
  }),
  ...each(orders, { status: 200, because: "the carrier did it", given: adaIsIn }),
  ...each(orders, {
    status: 202,
    because: "the carrier takes its time",
    given: async ({ carrier }) => {
      await adaIsIn();
      carrier.api.faults = faultOnce(hanging(false), () => true);
    },
  }),
  ...orders.map((order): Exercise => ({ ...repeated(order), ...KEY })),
  ...each(ofLegs, { status: 404, because: "the leg was never there", path: { leg: "nobody" } }),
  ...each(ofLegs, {
    status: 409,
    because: "the leg has gone without a word",
    given: async ({ carrier }) => {
      await adaIsIn();
      carrier.control.hangup("ada");
    },
  }),
  ...each(ofLegs, {
    status: 502,
    because: "the carrier refuses",
    given: async ({ carrier }) => {
      await adaIsIn();
      carrier.api.faults = () => ({ kind: "error", acted: false, status: 403 });
    },
  }),
  ...ofLegs.map((order): Exercise => ({ ...untold(order), ...KEY })),
];

function each(operations: readonly Operation[], exercise: Omit<Exercise, "of">): Exercise[] {
  return operations.map(({ id }) => ({ of: id, ...exercise }));
}

export async function adaIsIn(): Promise<void> {
  await env.LINES.put(LINE, "standup");
  await join(LINE, "ada");
}

function repeated({ id }: Operation): Exercise {
  const other = id === "announce" ? "play" : "announce";
  return {
    of: id,
    status: 422,
    because: "the key was used for something else",
    given: async () => {
      await adaIsIn();
      await perform(operationOf(other), KEY);
    },
  };
}

/** An order of which nobody can tell what became of it, asked about again. */
function untold(order: Operation): Exercise {
  return {
    of: order.id,
    status: 504,
    because: "the carrier never answered",
    given: async ({ carrier }) => {
      await adaIsIn();
      carrier.api.faults = () => hanging(false);
      await perform(order, KEY);
      await evict();
      vi.setSystemTime(Date.now() + HOUR_MS);
      await ringAlarm();
    },
  };
}
