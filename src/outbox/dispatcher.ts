/**
 * Sends jobs in order and within the carrier's rate limits, for as long as there are any.
 *
 * A job that may not be done twice is saved as `sending` before its request leaves, so that after a crash it is asked about and
 * not sent again. This relies on the platform, which holds requests back until earlier writes are on disk; and on memory changing
 * only after SQL.
 */
import { log, reasonOf } from "../lib/log.ts";
import { pemProblem } from "../lib/pem.ts";
import {
  apiUrl,
  credentials,
  maxCallMs,
  missingCredentials,
  voiceRegion,
} from "../config/settings.ts";
import { restToken, type Credentials } from "../vonage/rest/token.ts";
import { laterStatus } from "./called-status.ts";
import { askCarrier } from "../vonage/rest/client.ts";
import { dialJobId, isIdempotent, type Job } from "./job.ts";
import { verdictOf } from "./reply.ts";
import { lookUpFrom, MAX_SEARCHES } from "./find-call.ts";
import {
  afterReply,
  afterSend,
  afterThrottling,
  newRateLimit,
  type RateLimit,
} from "./rate-limit.ts";
import { inOrder, isDoubtful, nextClassOf, nextAction, queued, type Queued } from "./schedule.ts";
import { requestOf } from "./request.ts";
import type { JobTable } from "./job-table.ts";
import type { Unconfirmed } from "./unconfirmed.ts";
import { expired, settled, type Verdict } from "./verdict.ts";

/** A clock that is set back must not make it sleep for longer. */
const LONGEST_SLEEP_MS = 60_000;
/** A job whose row cannot be written is tried again after this. */
const POSTPONE_MS = 5_000;

export class Dispatcher {
  readonly #env: Env;
  readonly #rows: JobTable;
  readonly #unconfirmed: Unconfirmed;
  readonly #onEnd: (job: Job) => void;
  #limit: RateLimit = newRateLimit(null);
  /** In the order of `inOrder`. */
  #queue: Queued[];
  #running = false;
  #wake: () => void = () => undefined;

  /** `jobs`: those that had not ended when this object went down. */
  constructor(
    env: Env,
    parts: {
      rows: JobTable;
      jobs: readonly Job[];
      unconfirmed: Unconfirmed;
      onEnd: (job: Job) => void;
    },
  ) {
    this.#env = env;
    this.#rows = parts.rows;
    this.#unconfirmed = parts.unconfirmed;
    this.#onEnd = parts.onEnd;
    this.#queue = inOrder(
      parts.jobs.map((job) => ({ ...queued(job), dueAt: isDoubtful(job) ? lookUpFrom(job) : 0 })),
    );
  }

  /** Whether a job of the batch has not ended. */
  holds(batch: string): boolean {
    return this.#queue.some(({ job }) => job.batch === batch);
  }

  add(jobs: readonly Job[]): void {
    this.#queue = inOrder([...this.#queue, ...jobs.map(queued)]);
    this.#wake();
  }

  /** Leaves a whole window free, because it is not known what was sent before `now`. */
  pause(now: number): void {
    this.#limit = newRateLimit(now);
  }

  /** Sends jobs until there are none. Does nothing if it is running already; never rejects. */
  async run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (;;) {
        const step = nextAction(this.#queue, this.#limit, Date.now());
        if (step === null) break;
        if (step.kind === "send") this.#begin(step.queued, Date.now());
        else await this.#sleep(step.until);
      }
    } catch (error) {
      // The alarm runs it again.
      log("outbox stopped", { reason: reasonOf(error) });
    } finally {
      this.#running = false;
    }
  }

  /** Whether some job has not ended. */
  get hasWork(): boolean {
    return this.#queue.length > 0;
  }

  /** Forgets the jobs whose day has been dropped: they have no row any more. */
  forgetDropped(): void {
    this.#queue = this.#queue.filter(({ job }) => this.#rows.has(job));
  }

  /** Takes a webhook of a call that we made. False if there is no open job of that call. */
  async callReported(dial: string, leg: string, status: string | null): Promise<boolean> {
    const one = this.#queue.find(({ job }) => job.id === dialJobId(dial));
    if (one === undefined) return false;
    this.#save(one, { ...one.job, leg, status: laterStatus(one.job.status, status) });
    if (!one.underWay) await this.#settle(one, { state: "done", detail: null });
    return true;
  }

  #begin(one: Queued, now: number): void {
    one.underWay = true;
    this.#attend(one, now)
      .catch((error: unknown) => {
        log("job put off", { kind: one.job.command.kind, reason: reasonOf(error) });
        one.dueAt = Date.now() + POSTPONE_MS;
      })
      .finally(() => {
        one.underWay = false;
        this.#wake();
      });
  }

  /** No `await` before the job is saved as `sending`: otherwise it could be sent twice. */
  async #attend(one: Queued, now: number): Promise<void> {
    const env = this.#env;
    const doubtful = isDoubtful(one.job);
    const over = expired(one.job, now);
    const base = { apiUrl: apiUrl(env), region: voiceRegion(env) };
    const request = requestOf(one, base, maxCallMs(env));
    const keys = credentials(env);
    const never = doubtful ? "unknown" : "refused";
    if (over !== null) return await this.#apply(one, over);
    if (!request.ok) return await this.#apply(one, settled(never, request.error));
    if (keys === null) {
      const missing = missingCredentials(env).join(" and ");
      return await this.#apply(one, settled(never, `not set: ${missing}`));
    }
    const rateClass = nextClassOf(one.job);
    this.#limit = afterSend(this.#limit, rateClass, now);
    // The platform holds the request back until this write is on disk.
    if (!doubtful) this.#save(one, { ...one.job, state: "sending", sentAt: now });

    const token = await tokenOf(keys, now);
    if (token === null) {
      const problem = pemProblem(keys.privateKey) ?? "cannot be read";
      return await this.#apply(one, settled(never, `VONAGE_PRIVATE_KEY ${problem}`));
    }
    const reply = await askCarrier(request.value, token);
    if (reply?.status === 429) this.#limit = afterThrottling(this.#limit, rateClass, Date.now());
    else if (reply !== null) this.#limit = afterReply(this.#limit, rateClass);
    await this.#apply(
      one,
      verdictOf(one, reply, doubtful, (leg) => this.#rows.isCalled(leg)),
    );
  }

  async #apply(one: Queued, verdict: Verdict): Promise<void> {
    const now = Date.now();
    switch (verdict.kind) {
      case "settled":
        return await this.#settle(one, verdict.change);
      case "throttled":
        return this.#sendAgain(one);
      case "retry":
        one.failures += 1;
        one.dueAt = now + verdict.afterMs;
        return this.#sendAgain(one);
      case "in doubt":
        one.failures += 1;
        one.dueAt = Math.max(now + verdict.afterMs, lookUpFrom(one.job));
        return;
      case "next page":
        one.searched = verdict.searched;
        return;
      case "not listed":
        one.searched = 0;
        one.misses += 1;
        one.dueAt = now + verdict.afterMs;
        if (one.misses < MAX_SEARCHES) return;
        one.misses = 0;
        one.dueAt = now;
        return this.#sendAgain(one);
    }
  }

  /** Queues a job again of which it is certain that the carrier has not done it. */
  #sendAgain(one: Queued): void {
    const waiting: Job = { ...one.job, state: "waiting" };
    // After a crash, an idempotent job is sent again anyway, so there is no need to write a row.
    if (isIdempotent(one.job.command)) one.job = waiting;
    else this.#save(one, waiting);
  }

  async #settle(one: Queued, change: Partial<Job>): Promise<void> {
    const status = laterStatus(one.job.status, change.status ?? null);
    const job = { ...one.job, ...change, status };
    const confirmed = await this.#unconfirmed.confirm(job);
    this.#rows.save(job, true, !confirmed);
    one.job = job;
    this.#queue = this.#queue.filter((other) => other !== one);
    if (!confirmed) this.#unconfirmed.add(job, Date.now());
    const { kind, conference } = job.command;
    log("command", { kind, conference, leg: job.leg, state: job.state, detail: job.detail });
    this.#onEnd(job);
  }

  #save(one: Queued, job: Job): void {
    this.#rows.save(job, true, true);
    one.job = job;
  }

  async #sleep(until: number | null): Promise<void> {
    const ms = Math.min((until ?? Number.POSITIVE_INFINITY) - Date.now(), LONGEST_SLEEP_MS);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    const timer = setTimeout(resolve, Math.max(ms, 1));
    await promise;
    clearTimeout(timer);
  }
}

/** Null if the private key is not one. */
async function tokenOf(keys: Credentials, now: number): Promise<string | null> {
  try {
    return await restToken(keys, now, crypto.randomUUID());
  } catch {
    return null;
  }
}
