import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { createApplication, DEFAULT_METHODS } from "../../../simulator/webhooks/application.ts";
import { createClock } from "../../../simulator/carrier/clock.ts";
import { deliver } from "../../../simulator/webhooks/delivery.ts";
import type { EarlyTries, Reply, Webhook } from "../../../simulator/webhooks/delivery.ts";
import { RETRY_RULES } from "../../../simulator/webhooks/retry.ts";
import type { Retry } from "../../../simulator/webhooks/retry.ts";
import { listen } from "../../../support/loopback.ts";

const ACCOUNT = { signatureSecret: "secret", apiKey: "key", applicationId: "application" };
const SOCKET_TIMEOUT_MS = 50;

const ANSWER: Webhook = {
  kind: "answer",
  name: "answer",
  leg: "leg",
  tokenId: "00000000-0000-4000-8000-000000000000",
  payload: { to: "14155550100", original_request: { type: "answer" }, rate: null },
};
const EVENT: Webhook = { ...ANSWER, kind: "event", name: "ringing" };

/** A status to answer with; `hang` never answers, `close` breaks the connection. */
type Behaviour = number | "hang" | "close";

let server: Server | null = null;
afterEach(() => server?.closeAllConnections());
afterEach(() => server?.close());

/** Delivers a webhook to a server that treats one attempt after the other as told, the last for good. */
async function deliverTo(
  webhook: Webhook,
  behaviours: readonly Behaviour[],
  { earlyTries, retry = "once" }: { earlyTries?: EarlyTries; retry?: Retry } = {},
) {
  const requests: IncomingMessage[] = [];
  server = createServer((request, response) => {
    requests.push(request);
    const behaviour = behaviours[requests.length - 1] ?? behaviours.at(-1) ?? 200;
    if (behaviour === "close") request.socket.destroy();
    else if (behaviour !== "hang") response.writeHead(behaviour).end("[]");
  });
  const application = createApplication(await listen(server), ACCOUNT, DEFAULT_METHODS);
  const address = {
    ...application.webhooks[webhook.kind],
    socketTimeoutMs: SOCKET_TIMEOUT_MS,
  };
  const webhooks = { ...application.webhooks, [webhook.kind]: address };
  const reply: Reply = await deliver(
    webhook,
    {
      application: { ...application, webhooks },
      clock: createClock(1),
      retry: RETRY_RULES[retry],
    },
    earlyTries,
  );
  return { reply, requests };
}

describe("a webhook's delivery", () => {
  it.each<[string, Webhook, Behaviour[], number, boolean]>([
    ["is done after one success", ANSWER, [200], 1, true],
    ["tries an answer again after 503", ANSWER, [503, 200], 2, true],
    ["tries an answer again after a time-out", ANSWER, ["hang", 200], 2, true],
    ["tries an answer again after a broken connection", ANSWER, ["close", 200], 2, true],
    ["gives an answer up after two attempts", ANSWER, [503], 2, false],
    ["does not try an answer again after 500", ANSWER, [500, 200], 1, false],
    ["does not try an answer again after 401", ANSWER, [401, 200], 1, false],
    ["tries an event again after 502", EVENT, [502, 204], 2, true],
    ["does not try an event again after 400", EVENT, [400, 204], 1, false],
  ])("%s", async (_, webhook, behaviours, attempts, accepted) => {
    const { reply, requests } = await deliverTo(webhook, behaviours);
    expect(requests).toHaveLength(attempts);
    expect(reply.accepted).toBe(accepted);
  });

  it.each<[string, Retry, Webhook, Behaviour[], number, boolean]>([
    ["twice, after 503", "twice", ANSWER, [503, 503, 200], 3, true],
    ["twice, after time-outs", "twice", EVENT, ["hang", "hang", 204], 3, true],
    ["twice and no more", "twice", ANSWER, [503], 3, false],
    ["not once after 500, by the guide that says twice", "twice", ANSWER, [500, 200], 1, false],
    ["after any error, 500 included", "any-error", ANSWER, [500, 200], 2, true],
    ["after any error, 401 included", "any-error", EVENT, [401, 204], 2, true],
    ["after any error, but only once", "any-error", EVENT, [400], 2, false],
  ])("is tried again %s", async (_, retry, webhook, behaviours, attempts, accepted) => {
    const { reply, requests } = await deliverTo(webhook, behaviours, { retry });
    expect(requests).toHaveLength(attempts);
    expect(reply.accepted).toBe(accepted);
  });

  it("puts objects into a query as JSON, and nothing for null", async () => {
    const { requests } = await deliverTo(ANSWER, [200]);
    const query = new URL(requests[0]?.url ?? "", "http://bridge").searchParams;
    expect([...query]).toEqual([
      ["to", "14155550100"],
      ["original_request", '{"type":"answer"}'],
      ["rate", ""],
    ]);
  });

  it("can begin unsigned, and is signed when it is asked for again", async () => {
    const { reply, requests } = await deliverTo(EVENT, [503, 204], { earlyTries: "unsigned" });
    expect(reply.accepted).toBe(true);
    expect(requests.map(({ headers }) => headers.authorization !== undefined)).toEqual([
      false,
      true,
    ]);
  });

  it("that begins unsigned stays so until its last attempt", async () => {
    const unsigned = { earlyTries: "unsigned", retry: "twice" } as const;
    const { requests } = await deliverTo(EVENT, [503, 503, 204], unsigned);
    expect(requests.map(({ headers }) => headers.authorization !== undefined)).toEqual([
      false,
      false,
      true,
    ]);
  });

  it("can begin impatiently, and then waits as long as it must", async () => {
    const { reply, requests } = await deliverTo(EVENT, ["hang", 204], { earlyTries: "impatient" });
    expect(reply.accepted).toBe(true);
    expect(requests).toHaveLength(2);
  });
});
