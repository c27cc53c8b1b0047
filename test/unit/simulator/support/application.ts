/** An application of the test's own, and a carrier that calls it. */
import { createServer } from "node:http";
import type { Server } from "node:http";
import { createApplication, DEFAULT_METHODS } from "../../../simulator/webhooks/application.ts";
import { Carrier } from "../../../simulator/carrier/carrier.ts";
import type { CarrierOptions } from "../../../simulator/carrier/carrier-options.ts";
import { createClock } from "../../../simulator/carrier/clock.ts";
import { NO_MISCHIEF } from "../../../simulator/chaos/webhook-queue.ts";
import { createRandom } from "../../../simulator/carrier/random.ts";
import { listen } from "../../../support/loopback.ts";

const ACCOUNT = { signatureSecret: "secret", apiKey: "key", applicationId: "application" };

/** Fast enough for a test, slow enough to hang up during a greeting. */
const SPEED = 50;

/** What an application answers, by path; 204 where nothing is said. Functions get the body. */
export type Answers = Record<
  string,
  { status: number; body: unknown } | ((body: string) => { status: number; body: unknown })
>;

const NO_CONTENT = { status: 204, body: null };

/** Something that goes on during one test. */
export interface Application {
  readonly carrier: Carrier;
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** What was posted, as texts: the events, and everything by its path. */
  readonly events: string[];
  readonly received: { readonly path: string; readonly body: string }[];
  /** The statuses, types and reasons of the events. */
  eventNames(): string[];
  close(): void;
}

/** Starts an application that answers as told, and a carrier for it. */
export async function startApplication(
  answers: Answers,
  options: Partial<CarrierOptions> = {},
): Promise<Application> {
  const received: { path: string; body: string }[] = [];
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://bridge");
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString("utf8")));
    request.on("end", () => {
      received.push({ path: pathname, body });
      const answer = answers[pathname] ?? NO_CONTENT;
      const { status, body: reply } = typeof answer === "function" ? answer(body) : answer;
      response.writeHead(status, { "content-type": "application/json" });
      response.end(status === 204 ? "" : JSON.stringify(reply));
    });
  });
  const url = await listen(server);
  const events = (): string[] =>
    received.filter(({ path }) => path === "/webhooks/event").map(({ body }) => body);
  return {
    url,
    received,
    get events() {
      return events();
    },
    carrier: new Carrier({
      application: createApplication(url, ACCOUNT, DEFAULT_METHODS),
      clock: createClock(SPEED),
      random: createRandom("carrier test"),
      mischief: NO_MISCHIEF,
      onNews: () => undefined,
      ...options,
    }),
    eventNames: () =>
      events().map((event) => /"(?:status|type|reason)":"([^"]+)"/.exec(event)?.[1] ?? event),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
