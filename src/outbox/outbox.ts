/**
 * Sends every command of the bridge to the carrier. One object, because the carrier's rate limits count the whole account.
 *
 * Guarantees: commands are durable once `submit` resolves. Commands of one subject are sent in order. A command that is not
 * idempotent is sent at most once, unless it is certain that the carrier has not done it; if that stays unknown, the job ends as
 * `unknown`. An idempotent one is sent until the carrier replies, or for an hour.
 */
import { DurableObject } from "cloudflare:workers";
import { DAY_MS, dayOf, earliest, startOfDay } from "../lib/time.ts";
import { migrate } from "../durable/migrate.ts";
import { hex, sha256 } from "../lib/crypto.ts";
import { retentionDays } from "../config/settings.ts";
import { Alarm } from "../durable/alarm.ts";
import { ConferenceClient } from "../conference/client.ts";
import { laterStatus } from "./called-status.ts";
import { isFinal, jobId, jobView, type Command, type Job } from "./job.ts";
import type { BatchView } from "../contract/batch-view.ts";
import { Dispatcher } from "./dispatcher.ts";
import { Unconfirmed } from "./unconfirmed.ts";
import { batchId, migrations, JobTable, type Batch } from "./job-table.ts";

/** How many whole days a batch is kept after the day of its submission. */
const KEPT_DAYS = 2;

/** While there are jobs the alarm rings this often, in case the object goes down. */
const BACKSTOP_MS = 15_000;

export interface Submission {
  conference: string;
  commands: Command[];
  /** A submission with the same key for the same conference within a day is a repetition, and not done again. */
  idempotencyKey: string | null;
  /** A hash of the request. Another request with the same key is an error. */
  fingerprint: string;
}

export type Submitted =
  | { ok: true; batch: string; repeated: boolean }
  | { ok: false; reason: "key used for another request" };

export class Outbox extends DurableObject<Env> {
  readonly #rows: JobTable;
  readonly #alarm: Alarm;
  readonly #dispatcher: Dispatcher;
  readonly #unconfirmed: Unconfirmed;
  /** The callers of `wait`, by batch. */
  readonly #waiting = new Map<string, Set<() => void>>();
  #lastSeq = 0;
  #started = false;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    migrate(ctx.storage, migrations);
    this.#rows = new JobTable(ctx.storage.sql);
    this.#alarm = new Alarm(ctx.storage);
    const rows = this.#rows;
    const open = rows.open();
    const jobs = open.filter(({ state }) => !isFinal(state));
    const ended = open.filter(({ state }) => isFinal(state));
    const unconfirmed = new Unconfirmed(rows, new ConferenceClient(env.CONFERENCE), ended);
    this.#unconfirmed = unconfirmed;
    this.#dispatcher = new Dispatcher(env, {
      rows,
      jobs,
      unconfirmed,
      onEnd: (job) => this.#ended(job),
    });
  }

  /** Takes commands. They are durable once this resolves. */
  async submit(submission: Submission): Promise<Submitted> {
    const { conference, commands, idempotencyKey, fingerprint } = submission;
    const now = Date.now();
    const batchIds = await batchIdsOf(conference, idempotencyKey, dayOf(now));
    await this.#resume(now);
    const before = this.#earlier(batchIds, now);
    if (before !== null) {
      return before.fingerprint === fingerprint
        ? { ok: true, batch: before.batch, repeated: true }
        : { ok: false, reason: "key used for another request" };
    }
    const [batch] = batchIds;
    const jobs = commands.map((command, position) => this.#newJob(batch, command, position, now));
    this.ctx.storage.transactionSync(() => {
      const ids = jobs.map(({ id }) => id);
      this.#rows.add({ batch, conference, fingerprint, createdAt: now, jobs: ids }, jobs);
    });
    this.#dispatcher.add(jobs);
    await this.#alarm.by(now + BACKSTOP_MS, now);
    void this.#dispatcher.run();
    return { ok: true, batch, repeated: false };
  }

  /** Whether a submission with this key would not be done, because it repeats or contradicts an earlier one. */
  async isTaken(conference: string, idempotencyKey: string): Promise<boolean> {
    const now = Date.now();
    return this.#earlier(await batchIdsOf(conference, idempotencyKey, dayOf(now)), now) !== null;
  }

  /** The batch once nothing of it is pending, or after `ms`; null for an unknown one. */
  async wait(batch: string, ms: number): Promise<BatchView | null> {
    await this.#resume(Date.now());
    if (this.#dispatcher.holds(batch)) await this.#end(batch, ms);
    return this.progress(batch);
  }

  /** The batch as it is now; null if it is unknown or has expired. */
  progress(batch: string): BatchView | null {
    const known = this.#rows.batch(batch);
    return known && this.#view(known);
  }

  /** Takes a webhook of a call that we made. It may come before the carrier's reply to the request. */
  async dialled(dial: string, leg: string, status: string | null): Promise<void> {
    if (await this.#dispatcher.callReported(dial, leg, status)) return;
    const job = this.#rows.endedDial(dial);
    if (job === null) return;
    const known = { leg, status: laterStatus(job.status, status) };
    if (known.leg === job.leg && known.status === job.status) return;
    // A job that had ended as `unknown` turns out to be done.
    this.#rows.save({ ...job, ...known, state: "done", detail: null }, false, false);
  }

  override async alarm(): Promise<void> {
    await this.#alarm.run("outbox", async (now) => {
      this.#start(now, now);
      void this.#dispatcher.run();
      await this.#unconfirmed.confirmAgain(now);
      this.#rows.dropBefore(dayOf(now) - KEPT_DAYS, dayOf(now) - retentionDays(this.env));
      this.#dispatcher.forgetDropped();
      this.#unconfirmed.forgetDropped();
      await this.#alarm.by(this.#nextAlarm(now), Date.now());
    });
  }

  /** Continues what was under way when this object went down. */
  async #resume(now: number): Promise<void> {
    if (!this.#started) this.#start(await this.ctx.storage.getAlarm(), now);
    void this.#dispatcher.run();
  }

  /**
   * To be called before anything is sent. Open jobs, or an alarm that rings soon, mean that this object may have sent requests just
   * before it went down. How many is lost, so the rate limit begins with a pause. To know this way costs no row.
   */
  #start(alarm: number | null, now: number): void {
    const idle = !this.#dispatcher.hasWork && this.#unconfirmed.nextAt === null;
    const wasBusy = !idle || (alarm !== null && alarm <= now + 2 * BACKSTOP_MS);
    if (!this.#started && wasBusy) this.#dispatcher.pause(now);
    this.#started = true;
  }

  /** The batch with one of these ids that is less than a day old. */
  #earlier(batchIds: readonly string[], now: number): Batch | null {
    for (const id of batchIds) {
      const before = this.#rows.batch(id);
      if (before !== null && now - before.createdAt < DAY_MS) return before;
    }
    return null;
  }

  #newJob(batch: string, command: Command, position: number, now: number): Job {
    this.#lastSeq = Math.max(this.#lastSeq + 1, now * 1_000);
    return {
      id: jobId(command, batch, position),
      batch,
      seq: this.#lastSeq,
      createdAt: now,
      command,
      state: "waiting",
      sentAt: null,
      detail: null,
      status: null,
      leg: command.kind === "dial" ? null : command.leg,
    };
  }

  #view(batch: Batch): BatchView {
    const jobs = this.#rows.jobsOf(batch);
    return {
      batch: batch.batch,
      conference: batch.conference,
      total: jobs.length,
      pending: jobs.filter(({ state }) => !isFinal(state)).length,
      createdAt: new Date(batch.createdAt).toISOString(),
      jobs: jobs.map(jobView),
    };
  }

  /** Waits until nothing of a batch is pending, but at most `ms`. */
  async #end(batch: string, ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = this.#waiting.get(batch) ?? new Set();
    this.#waiting.set(batch, waiting.add(resolve));
    const timer = setTimeout(resolve, ms);
    await promise;
    clearTimeout(timer);
    waiting.delete(resolve);
    if (waiting.size === 0) this.#waiting.delete(batch);
  }

  #ended({ batch }: Job): void {
    if (this.#dispatcher.holds(batch)) return;
    for (const resolve of this.#waiting.get(batch) ?? []) resolve();
  }

  #nextAlarm(now: number): number | null {
    if (this.#dispatcher.hasWork) return now + BACKSTOP_MS;
    const oldest = this.#rows.oldestDay();
    const dropsAt = oldest === null ? null : startOfDay(oldest + KEPT_DAYS + 1);
    return earliest([this.#unconfirmed.nextAt, dropsAt]);
  }
}

/**
 * The id of a new batch, then the id that an earlier one with the same key would have. The id derives from the key, so that a
 * repetition is found without a table of keys.
 */
async function batchIdsOf(
  conference: string,
  key: string | null,
  day: number,
): Promise<[string, ...string[]]> {
  if (key === null) return [batchId(day, crypto.randomUUID().replaceAll("-", ""))];
  const text = new TextEncoder().encode(JSON.stringify([conference, key]));
  const name = hex(await sha256(text)).slice(0, 32);
  return [batchId(day, name), batchId(day - 1, name)];
}
