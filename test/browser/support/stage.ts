/**
 * The built Worker as a process of its own, and a carrier that calls it and whose REST side is asked to act on the calls:
 * what a page shows of an order is then what the carrier confirmed.
 */
import { generateKeyPairSync, randomBytes, randomInt } from "node:crypto";
import { createApplication, DEFAULT_METHODS } from "../../simulator/webhooks/application.ts";
import { Carrier } from "../../simulator/carrier/carrier.ts";
import { createClock } from "../../simulator/carrier/clock.ts";
import type { Leg } from "../../simulator/carrier/leg.ts";
import { temporaryFolder } from "../../simulator/commands/local-bridge.ts";
import { NO_MISCHIEF } from "../../simulator/chaos/webhook-queue.ts";
import { createRandom } from "../../simulator/carrier/random.ts";
import { serveCarrier } from "../../simulator/rest/carrier-server.ts";
import type { RestServer } from "../../simulator/rest/server.ts";
import { PATIENT_RETRY } from "../../simulator/webhooks/retry.ts";
import { freePort } from "../../support/loopback.ts";
import { startServerProcess } from "../../support/server-process.ts";
import type { ServerProcess } from "../../support/server-process.ts";

export const TOKEN = randomBytes(16).toString("hex");
export const VIEWER_TOKEN = randomBytes(16).toString("hex");

/** The lines that there are from the start: a plain one, and one whose calls are taken to another conference. */
export const LINE = "14155550100";
export const OTHER_LINE = "14155550101";
const LINES = { [LINE]: "standup", [OTHER_LINE]: "town-hall" };

/** Call seconds in a second. */
const SPEED = 20;
const APPLICATION_ID = "00000000-0000-4000-8000-000000000001";

const { publicKey, privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

/** What it takes to act on calls and to call people. */
export const EVERYTHING = { VONAGE_PRIVATE_KEY: privateKey, DIAL_PREFIXES: "+44 7700" };

/** Somebody with a phone. */
export interface Person {
  readonly number: string;
  /** Their number as people write it. */
  readonly shown: string;
}

export class Stage {
  readonly url: string;
  readonly carrier: Carrier;
  readonly rest: RestServer;
  readonly #start: () => Promise<ServerProcess>;
  #server: ServerProcess;
  #people = 0;

  private constructor(
    url: string,
    carrier: Carrier,
    rest: RestServer,
    start: () => Promise<ServerProcess>,
    server: ServerProcess,
  ) {
    this.url = url;
    this.carrier = carrier;
    this.rest = rest;
    this.#start = start;
    this.#server = server;
  }

  /**
   * @param worker The folder that `buildWorker` filled.
   * @param settings Of the Worker, beside its secrets.
   */
  static async open(worker: string, settings: Readonly<Record<string, string>>): Promise<Stage> {
    const stateDir = temporaryFolder("stage");
    const account = {
      signatureSecret: randomBytes(32).toString("hex"),
      apiKey: "local001",
      applicationId: APPLICATION_ID,
    };
    const port = await freePort(somePorts());
    const url = `http://127.0.0.1:${port}`;
    const carrier = new Carrier({
      application: createApplication(url, account, DEFAULT_METHODS),
      clock: createClock(SPEED),
      random: createRandom("browser"),
      mischief: NO_MISCHIEF,
      // A server that is started again finds that the carrier has not given up.
      retry: PATIENT_RETRY,
      onNews: () => undefined,
    });
    const { applicationId } = account;
    const rest = await serveCarrier(carrier, {
      port: 0,
      applicationId,
      publicKey,
      numbers: [LINE],
    });
    const options = {
      assets: true,
      worker,
      stateDir,
      port,
      settings: {
        VONAGE_SIGNATURE_SECRET: account.signatureSecret,
        VONAGE_API_KEY: account.apiKey,
        VONAGE_APPLICATION_ID: applicationId,
        VONAGE_API_URL: rest.url,
        API_TOKEN: TOKEN,
        VIEWER_TOKEN,
        ...settings,
      },
    };
    const start = (): Promise<ServerProcess> => startServerProcess(options, {});
    const server = await startServerProcess(options, LINES);
    return new Stage(url, carrier, rest, start, server);
  }

  /** Somebody who has not called yet. */
  person(): Person {
    this.#people += 1;
    const last = 900_100 + this.#people;
    return { number: `447700${last}`, shown: `+44 7700 ${last}` };
  }

  /** Somebody calls, and stays until told otherwise. */
  call({ number }: Person, line = LINE): Leg {
    return this.carrier.dial({ caller: number, line, hangUpAfterMs: null });
  }

  /** The call that somebody made, or that was made to them. */
  legOf({ number }: Person): Leg | undefined {
    return [...this.carrier.legs.values()].find(({ caller }) => caller === number);
  }

  /** Asks the API as an operator. */
  async ask(
    method: string,
    path: string,
    body?: string,
    contentType = "text/plain",
  ): Promise<Response> {
    const headers = { authorization: `Bearer ${TOKEN}`, "content-type": contentType };
    return await fetch(`${this.url}/api${path}`, {
      method,
      headers,
      ...(body !== undefined && { body }),
    });
  }

  /** Ends the server without a word. */
  async kill(): Promise<void> {
    await this.#server.kill();
  }

  /** Starts it again, with the same data and at the same address. */
  async restart(): Promise<void> {
    this.#server = await this.#start();
  }

  /** Everybody hangs up. */
  async clear(): Promise<void> {
    for (const leg of this.carrier.legs.values()) leg.hangUp("user");
    await this.carrier.finished();
  }

  async close(): Promise<void> {
    await this.clear();
    await this.rest.stop();
    await this.kill();
  }
}

/** Files of tests run side by side, and so may runs: they seldom come upon the same port at the same time. */
function somePorts(): number[] {
  return Array.from({ length: 20 }, () => randomInt(20_000, 30_000));
}
