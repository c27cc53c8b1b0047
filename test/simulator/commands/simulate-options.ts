/** Reads the command line of the simulator into a plan and a target. Everything is checked; nothing is guessed. */
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { DEFAULT_METHODS } from "../webhooks/application.ts";
import type { Method } from "../webhooks/application.ts";
import { makeLines, readLines } from "../scenarios/cast-lines.ts";
import { CHAOS_PROFILES } from "../chaos/chaos.ts";
import type { Chaos } from "../chaos/chaos.ts";
import { cliValues } from "./cli-values.ts";
import type { CliValues } from "./cli-values.ts";
import { SCENARIOS } from "../scenarios/scenarios.ts";
import type { Scenario } from "../scenarios/scenarios.ts";
import { SILENCE_VALUES, USUAL_SILENCES } from "../chaos/silences.ts";
import type { Silences } from "../chaos/silences.ts";
import type { SimulationPlan } from "../referee/simulation-plan.ts";
import type { Line } from "../scenarios/stage.ts";

const PROJECT_ROOT = path.resolve(import.meta.dirname, "../../..");
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);
const METHODS: readonly Method[] = ["GET", "POST"];

const TEXT_OPTIONS =
  "url secret token lines answer-method event-method max-call-hours rest rest-key " +
  "scenario calls rate hold speed seed " +
  "chaos duplicate reorder past-the-end drop drop-only unsigned slow-answer answer-twice " +
  "leading-spaces missing-fields swapped-numbers missing-timestamps skew clock-offset " +
  "transfer completed end-on-exit conversation conversation-events answered rtc retry get-hash";

/** The carrier's REST side, served while the run lasts. */
export interface RestOptions {
  /** On this machine; 0 takes any that is free. */
  readonly port: number;
  /** A file with the application's key, public or private; null where one is to be made. */
  readonly keyFile: string | null;
}

export interface SimulateOptions {
  readonly json: boolean;
  readonly plan: SimulationPlan;
  /** Null for a bridge of its own. */
  readonly url: string | null;
  readonly secret: string;
  readonly token: string;
  readonly apiKey: string;
  readonly applicationId: string;
  readonly rest: RestOptions | null;
}

/**
 * What the command line asks for; null where it asks for help.
 *
 * @throws Error that says what is wrong, for whoever typed it.
 */
export function readOptions(args: readonly string[]): SimulateOptions | null {
  const { values: flags } = parseArgs({
    args: [...args],
    options: {
      ...Object.fromEntries(TEXT_OPTIONS.split(" ").map((name) => [name, { type: "string" }])),
      help: { type: "boolean", short: "h", default: false },
      json: { type: "boolean", default: false },
      local: { type: "boolean", default: false },
      "i-own-this-deployment": { type: "boolean", default: false },
      line: { type: "string", multiple: true, default: [] },
    },
  });
  if (flags.help) return null;
  const values = cliValues(flags);
  const name = values.choice("scenario", Object.keys(SCENARIOS), "standup");
  const scenario = SCENARIOS[name];
  if (scenario === undefined) throw new Error(`There is no scenario ${name}`);
  if (scenario.movesLines === true && !flags.local) {
    throw new Error(`${name} changes lines while callers are up, so it needs --local`);
  }
  if (scenario.hasRules === true && !flags.local) {
    throw new Error(`${name} needs lines with certain rules, so it needs --local`);
  }
  const variables = flags.local ? {} : readVariables();
  const url = values.text("url", "http://localhost:8787");
  const answer = values.choice("answer-method", METHODS, DEFAULT_METHODS.answer);
  return {
    json: flags.json,
    url: flags.local ? null : checkedUrl(url, flags["i-own-this-deployment"]),
    secret: values.text("secret", firstWord(variables["VONAGE_SIGNATURE_SECRET"])),
    token: values.text("token", firstWord(variables["API_TOKEN"])),
    apiKey: variables["VONAGE_API_KEY"] ?? "simulated",
    applicationId: variables["VONAGE_APPLICATION_ID"] ?? "00000000-0000-4000-8000-000000000003",
    rest: readRest(values),
    plan: {
      name,
      scenario,
      seed: values.text("seed", "1"),
      run: randomUUID(),
      calls: values.number("calls", Math.max(40, scenario.leastCalls ?? 0), 1, 10_000),
      ratePerSecond: values.number("rate", 20, 0.01, 500),
      holdMs: values.number("hold", 60, 0, 7200) * 1000,
      speed: values.number("speed", 20, 0.1, 200),
      clockOffsetMs: values.number("clock-offset", 0, -240, 240) * 1000,
      chaos: readChaos(values),
      silences: readSilences(values),
      bounds: { maxCallMs: values.number("max-call-hours", 6, 1 / 60, 48) * 3_600_000 },
      methods: {
        answer,
        fallback: answer,
        event: values.choice("event-method", METHODS, DEFAULT_METHODS.event),
      },
      lines: linesOf(scenario, name, flags, values),
    },
  };
}

function linesOf(
  scenario: Scenario,
  name: string,
  { line, local }: { line: string[]; local: boolean },
  values: CliValues,
): Line[] {
  if (line.length > 0) return readLines(scenario, line);
  if (local) return makeLines(scenario, name, values.number("lines", 1, 1, 1000));
  throw new Error("Say which lines to call: --line NUMBER=CONFERENCE, or use --local");
}

function readChaos(values: CliValues): Chaos {
  const base = CHAOS_PROFILES[values.choice("chaos", ["none", "rough", "vile"], "none")];
  return {
    duplicate: values.number("duplicate", base.duplicate, 0, 1),
    reorder: values.number("reorder", base.reorder, 0, 1),
    pastTheEnd: values.number("past-the-end", base.pastTheEnd, 0, 1),
    drop: values.number("drop", base.drop, 0, 1),
    dropOnly: values.text("drop-only", "") || null,
    unsigned: values.number("unsigned", base.unsigned, 0, 1),
    slowAnswer: values.number("slow-answer", base.slowAnswer, 0, 1),
    answerTwice: values.number("answer-twice", base.answerTwice, 0, 1),
    leadingSpaces: values.number("leading-spaces", base.leadingSpaces, 0, 1),
    missingFields: values.number("missing-fields", base.missingFields, 0, 1),
    swappedNumbers: values.number("swapped-numbers", base.swappedNumbers, 0, 1),
    missingTimestamps: values.number("missing-timestamps", base.missingTimestamps, 0, 1),
    skewSeconds: values.number("skew", base.skewSeconds, 0, 240),
  };
}

function readSilences({ choice }: CliValues): Silences {
  const one = <K extends keyof Silences>(option: string, key: K): Silences[K] =>
    choice<Silences[K]>(option, SILENCE_VALUES[key], USUAL_SILENCES[key]);
  return {
    transfer: one("transfer", "transfer"),
    completed: one("completed", "completed"),
    endOnExit: one("end-on-exit", "endOnExit"),
    conversation: one("conversation", "conversation"),
    conversationEvents: one("conversation-events", "conversationEvents"),
    answered: one("answered", "answered"),
    rtc: one("rtc", "rtc"),
    retry: one("retry", "retry"),
    getHash: one("get-hash", "getHash"),
  };
}

function readRest(values: CliValues): RestOptions | null {
  const keyFile = values.text("rest-key", "") || null;
  if (values.text("rest", "") === "") {
    if (keyFile === null) return null;
    throw new Error("--rest-key says whose tokens --rest PORT accepts, so it needs that too");
  }
  const port = values.number("rest", 0, 0, 65_535);
  if (!Number.isInteger(port)) throw new Error("--rest must be a whole number");
  return { port, keyFile };
}

/** Calls that nobody asked for cost money and disturb people, so another machine must be claimed. */
function checkedUrl(text: string, isOwned: boolean): string {
  if (!URL.canParse(text)) throw new Error(`--url ${text}: not a URL`);
  const { origin, hostname } = new URL(text);
  if (LOOPBACK.has(hostname) || isOwned) return origin;
  throw new Error(`${hostname} is not this machine. If it is yours, say --i-own-this-deployment`);
}

/** Settings as the bridge's development server has them: the environment, or else `.dev.vars`. */
function readVariables(): Record<string, string | undefined> {
  const file = path.join(PROJECT_ROOT, ".dev.vars");
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  const entries = lines.flatMap((line) => {
    const [, name, value] = /^\s*([A-Z_]+)\s*=\s*"?(.*?)"?\s*$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(entries), ...process.env };
}

/** Of several secrets, separated by spaces, the newest. */
function firstWord(text: string | undefined): string {
  return text?.trim().split(/\s+/)[0] ?? "";
}
