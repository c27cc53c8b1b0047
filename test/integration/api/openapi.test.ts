/** The description of the API is held against the Worker: every route, and what every operation really answers. */
import { reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createApp } from "../../../src/http/app.ts";
import { faultsOf, operationOf, OPERATIONS } from "../../support/openapi.ts";
import { ACCESS } from "./openapi/access.ts";
import { EVERYWHERE } from "./openapi/everywhere.ts";
import { LINES } from "./openapi/lines.ts";
import { OPERATE } from "./openapi/operate.ts";
import { WATCH } from "./openapi/watch.ts";
import { startCarrier } from "../support/carrier.ts";
import { perform, type World } from "../support/api/exercise.ts";

const EXERCISES = [...ACCESS, ...EVERYWHERE, ...WATCH, ...OPERATE, ...LINES];

/** What no exercise brings about, and why. */
const NOT_EXERCISED: Readonly<Record<number, string>> = {
  500: "it is the answer to a bug of ours, or to a platform that fails in a way of which we know nothing",
};

let world: World;

beforeEach(() => {
  const files: World["files"] = new Map();
  world = { carrier: startCarrier(["ada"], { files }), files };
  Object.assign(env, { DIAL_PREFIXES: "+44 7700" });
});

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await reset();
});

it("has every route, and no other", () => {
  const routes = createApp()
    .routes.filter(({ method, path }) => method !== "ALL" && !path.startsWith("/webhooks/"))
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`);
  const documented = OPERATIONS.map(({ method, path }) => `${method} ${path}`);
  expect(documented.toSorted()).toEqual([...new Set(routes)].toSorted());
});

it("is exercised as a whole", () => {
  const exercised = new Set(EXERCISES.map(({ of, status }) => `${of} ${status}`));
  const documented = OPERATIONS.flatMap(({ id, responses }) =>
    [...responses.keys()]
      .filter((status) => !(status in NOT_EXERCISED))
      .map((status) => `${id} ${status}`),
  );
  expect(documented.filter((one) => !exercised.has(one))).toEqual([]);
});

describe.each(OPERATIONS)("$id", ({ id }) => {
  it.each(EXERCISES.filter(({ of }) => of === id))(
    "answers $status as documented where $because",
    async ({ of, given, status, ...ask }) => {
      const operation = operationOf(of);
      const exchange = await perform(operation, { ...ask, ...(await given?.(world)) });
      expect(faultsOf(operation, exchange)).toEqual([]);
      expect([exchange.response.status, exchange.response.text]).toEqual([
        status,
        expect.anything(),
      ]);
    },
  );
});
