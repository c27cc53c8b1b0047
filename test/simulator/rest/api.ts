/**
 * The carrier's REST side without its connections: who asks, how often, what for, and what comes of it, in this order.
 * It keeps every request that reaches it, for tests to read.
 */
import { createPublicKey } from "node:crypto";
import type { CallControl } from "../carrier/call-control.ts";
import { act } from "./act.ts";
import type { Actor, StoredFile } from "./act.ts";
import type { Command } from "./requests/command.ts";
import { actUnder, NO_FAULTS } from "./fault.ts";
import type { FaultPlan } from "./fault.ts";
import { createRateLimiter, DOCUMENTED_LIMITS } from "./rate-limit.ts";
import type { RateLimiter } from "./rate-limit.ts";
import { DEFAULT_READINGS } from "./requests/readings.ts";
import type { Readings } from "./requests/readings.ts";
import { errorReply } from "./reply.ts";
import type { Reply } from "./reply.ts";
import { rateClass, readCommand } from "./routes.ts";
import type { RestRequest } from "./routes.ts";
import { verifyToken } from "./token.ts";
import type { KnownApplication } from "./token.ts";

export interface RestApiOptions {
  readonly control: CallControl;
  readonly applicationId: string;
  /** The application's public key, PEM. */
  readonly publicKey: string;
  /** The region whose calls are served, for example `eu-west`. */
  readonly region: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The account's limits; servers of several regions are given the same one. The documented ones by default. */
  readonly limits?: RateLimiter;
  /** Recordings and transcripts by their id. Whoever holds the map may add to it at any time. */
  readonly files?: ReadonlyMap<string, StoredFile>;
  /** The application's numbers, for `random_from_number`. */
  readonly numbers?: readonly string[];
  readonly readings?: Partial<Readings>;
}

/** A request as the carrier saw it. */
export interface SeenRequest {
  readonly at: number;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** As it came. */
  readonly body: string;
  /** The token's `jti`; null where the token was refused. */
  readonly tokenId: string | null;
  /** What was asked for; null where the request was refused before that mattered. */
  readonly command: Command | null;
  /** How it was answered; null for no answer, or none yet. */
  readonly status: number | null;
}

export class RestApi {
  /** What goes wrong with requests that are accepted from now on. */
  faults: FaultPlan = NO_FAULTS;
  readonly #options: RestApiOptions;
  readonly #application: KnownApplication;
  readonly #limits: RateLimiter;
  readonly #actor: Actor;
  readonly #seen: { -readonly [Key in keyof SeenRequest]: SeenRequest[Key] }[] = [];
  readonly #problems: string[] = [];

  /** @param origin Where the server is reached, without a slash at the end. */
  constructor(options: RestApiOptions, origin: string) {
    const { control, region, now, applicationId: id, publicKey } = options;
    const readings = { ...DEFAULT_READINGS, ...options.readings };
    this.#options = options;
    this.#application = { id, publicKey: createPublicKey(publicKey) };
    this.#limits = options.limits ?? createRateLimiter(DOCUMENTED_LIMITS);
    this.#actor = {
      control,
      region,
      now,
      files: options.files ?? new Map(),
      readings,
      rendering: {
        linkBase: readings.links === "absolute" ? `${origin}/v1` : "",
        parties: readings.parties,
      },
      madeAt: new Map(),
    };
  }

  /** Every request, in the order of arrival. */
  get seen(): readonly SeenRequest[] {
    return this.#seen;
  }

  /** The commands of the requests that were accepted, in the order of arrival; whatever became of them after that. */
  get accepted(): readonly Command[] {
    return this.#seen.flatMap(({ command }) => (command === null ? [] : [command]));
  }

  /** What went wrong within the carrier. Always empty, unless it is mistaken itself. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  /** Answers a request; null where the client gets no reply at all. */
  async handle(request: RestRequest): Promise<Reply | null> {
    const { method, target, body } = request;
    const at = this.#options.now();
    const token = verifyToken(request.authorization, this.#application, at);
    const tokenId = token.ok ? token.tokenId : null;
    const seen = { at, method, target, body, tokenId, command: null, status: null };
    this.#seen.push(seen);
    const place = this.#seen.length - 1;

    const reply = token.ok ? await this.#serve(request, place) : errorReply(401);
    this.#note(place, { status: reply?.status ?? null });
    return reply;
  }

  async #serve(request: RestRequest, place: number): Promise<Reply | null> {
    const { now, numbers = [] } = this.#options;
    if (!this.#limits.take(rateClass(request), now())) return errorReply(429);
    const result = readCommand(request, numbers);
    if (!result.ok) return result.reply;
    const { command } = result;
    this.#note(place, { command });
    try {
      return await actUnder(this.faults(command), () => act(command, this.#actor));
    } catch (error) {
      this.#problems.push(`${request.method} ${request.target}: ${String(error)}`);
      return errorReply(500);
    }
  }

  #note(place: number, news: Partial<SeenRequest>): void {
    Object.assign(this.#seen[place] ?? {}, news);
  }
}
