/**
 * Sends what is due, in its order and at the carrier's pace, for as long as there is work. Memory follows SQL: whatever
 * may have reached the carrier is written down before it can.
 */
import { earliest } from "../lib/time.ts";
import { log, reasonOf } from "../lib/log.ts";
import { pemProblem } from "../lib/pem.ts";
import {
  apiUrl,
  credentials,
  maxCallMs,
  missingCredentials,
  voiceRegion,
} from "../config/settings.ts";
import type { ConferenceClient } from "../conference/client.ts";
import { restToken, type Credentials } from "../vonage/rest/token.ts";
import { laterStatus } from "./called-status.ts";
import { askCarrier } from "./vonage-client.ts";
import { dialJobId, isFinal, isIdempotent, type Job } from "./job.ts";
import { verdictOf } from "./reply.ts";
import { lookFrom, MOST_MISSES } from "./find-call.ts";
import { accepted, newRateLimit, refused, taken, type RateLimit } from "./rate-limit.ts";
import { inOrder, isDoubtful, nextClassOf, nextAction, queued, type Queued } from "./schedule.ts";
import { requestOf } from "./request.ts";
import type { JobTable } from "./job-table.ts";
import { tellAgainAt, confirmation } from "./confirmation.ts";
import { expired, settled, type Verdict } from "./verdict.ts";

/** A clock that is set must not make it sleep for long. */
const LONGEST_SLEEP_MS = 60_000;
/** A job whose row cannot be written. */
const PUT_OFF_MS = 5_000;

export class Dispatcher {
  readonly #env: Env;
  readonly #rows: JobTable;
  readonly #conferences: ConferenceClient;
  readonly #onEnd: (job: Job) => void;
  #pace: RateLimit = newRateLimit(null);
  /** In order. */
  #queue: Queued[];
  /** Jobs that have ended, and whose conference does not know, with when it is told again. */
  readonly #untold: Map<Job, number>;
  #running = false;
  #nudge: () => void = () => undefined;

  constructor(
    env: Env,
    parts: { rows: JobTable; conferences: ConferenceClient; onEnd: (job: Job) => void },
  ) {
    this.#env = env;
    this.#rows = parts.rows;
    this.#conferences = parts.conferences;
    this.#onEnd = parts.onEnd;
    const open = parts.rows.open();
    this.#untold = new Map(open.filter(({ state }) => isFinal(state)).map((job) => [job, 0]));
    this.#queue = inOrder(
      open
        .filter(({ state }) => !isFinal(state))
        .map((job) => ({ ...queued(job), dueAt: isDoubtful(job) ? lookFrom(job) : 0 })),
    );
  }

  get idle(): boolean {
    return this.#queue.length === 0 && this.#untold.size === 0;
  }

  /** Whether something of a batch is still to be done. */
  holds(batch: string): boolean {
    return this.#queue.some(({ job }) => job.batch === batch);
  }

  add(jobs: readonly Job[]): void {
    this.#queue = inOrder([...this.#queue, ...jobs.map(queued)]);
    this.#nudge();
  }

  /** Nothing is known of what was sent before `now`. */
  pause(now: number): void {
    this.#pace = newRateLimit(now);
  }

  /** Resolves once there is nothing left to send. Runs once at a time; never rejects. */
  async run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (;;) {
        const step = nextAction(this.#queue, this.#pace, Date.now());
        if (step === null) break;
        if (step.kind === "send") this.#begin(step.queued, Date.now());
        else await this.#sleep(step.until);
      }
    } catch (error) {
      // The alarm starts it again.
      log("outbox stopped", { reason: reasonOf(error) });
    } finally {
      this.#running = false;
    }
  }

  /** When conferences are told again; null: all of them know. */
  get tellsAt(): number | null {
    return earliest([...this.#untold.values()]);
  }

  /** Whether something is still to be sent. */
  get hasWork(): boolean {
    return this.#queue.length > 0;
  }

  /** Tells the conferences what they could not be told when it happened. */
  async tellAgain(now: number): Promise<void> {
    const due = [...this.#untold].filter(([, at]) => at <= now);
    await Promise.all(
      due.map(async ([job]) => {
        if (!(await this.#tell(job))) {
          this.#untold.set(job, tellAgainAt(job, now));
          return;
        }
        this.#rows.save(job, true, false);
        this.#untold.delete(job);
      }),
    );
  }

  /** Forgets the jobs whose day is gone: there is nothing to be written down of them any more. */
  forgetDropped(): void {
    this.#queue = this.#queue.filter(({ job }) => this.#rows.has(job));
    for (const job of this.#untold.keys()) if (!this.#rows.has(job)) this.#untold.delete(job);
  }

  /** What a webhook of a call that was made says of it; false for a call that is not being made right now. */
  async heard(dial: string, leg: string, status: string | null): Promise<boolean> {
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
        one.dueAt = Date.now() + PUT_OFF_MS;
      })
      .finally(() => {
        one.underWay = false;
        this.#nudge();
      });
  }

  /** Up to its first `await` this is one step: what is about to be sent is written down as `sending`. */
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
    this.#pace = taken(this.#pace, rateClass, now);
    // The platform holds a request back until what was written before it is on disk.
    if (!doubtful) this.#save(one, { ...one.job, state: "sending", sentAt: now });

    const token = await tokenOf(keys, now);
    if (token === null) {
      const problem = pemProblem(keys.privateKey) ?? "cannot be read";
      return await this.#apply(one, settled(never, `VONAGE_PRIVATE_KEY ${problem}`));
    }
    const reply = await askCarrier(request.value, token);
    if (reply?.status === 429) this.#pace = refused(this.#pace, rateClass, Date.now());
    else if (reply !== null) this.#pace = accepted(this.#pace, rateClass);
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
      case "too often":
        return this.#unsent(one);
      case "again":
        one.failures += 1;
        one.dueAt = now + verdict.afterMs;
        return this.#unsent(one);
      case "in doubt":
        one.failures += 1;
        one.dueAt = Math.max(now + verdict.afterMs, lookFrom(one.job));
        return;
      case "look on":
        one.looked = verdict.looked;
        return;
      case "missed":
        one.looked = 0;
        one.misses += 1;
        one.dueAt = now + verdict.afterMs;
        if (one.misses < MOST_MISSES) return;
        one.misses = 0;
        one.dueAt = now;
        return this.#unsent(one);
    }
  }

  /** It is sure that the carrier has not done it: it waits again. */
  #unsent(one: Queued): void {
    const waiting: Job = { ...one.job, state: "waiting" };
    // What may be sent twice is sent again after an eviction anyway, which saves a row.
    if (isIdempotent(one.job.command)) one.job = waiting;
    else this.#save(one, waiting);
  }

  async #settle(one: Queued, change: Partial<Job>): Promise<void> {
    const status = laterStatus(one.job.status, change.status ?? null);
    const job = { ...one.job, ...change, status };
    const told = await this.#tell(job);
    this.#rows.save(job, true, !told);
    one.job = job;
    this.#queue = this.#queue.filter((other) => other !== one);
    if (!told) this.#untold.set(job, tellAgainAt(job, Date.now()));
    const { kind, conference } = job.command;
    log("command", { kind, conference, leg: job.leg, state: job.state, detail: job.detail });
    this.#onEnd(job);
  }

  async #tell(job: Job): Promise<boolean> {
    const delivery = confirmation(job);
    if (delivery === null || job.leg === null) return true;
    const { conference } = job.command;
    return (await this.#conferences.hand(conference, job.leg, [delivery])) !== null;
  }

  #save(one: Queued, job: Job): void {
    this.#rows.save(job, true, true);
    one.job = job;
  }

  async #sleep(until: number | null): Promise<void> {
    const ms = Math.min((until ?? Number.POSITIVE_INFINITY) - Date.now(), LONGEST_SLEEP_MS);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#nudge = resolve;
    const timer = setTimeout(resolve, Math.max(ms, 1));
    await promise;
    clearTimeout(timer);
  }
}

/** Null where the private key is none. */
async function tokenOf(keys: Credentials, now: number): Promise<string | null> {
  try {
    return await restToken(keys, now, crypto.randomUUID());
  } catch {
    return null;
  }
}
