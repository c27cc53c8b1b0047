/**
 * All that the bridge asks of the carrier, for the whole account: durable before it is sent, in order, within the
 * carrier's limits, and never twice where once is what was meant. One object, because the limits count the account.
 */
import { DurableObject } from "cloudflare:workers";
import { DAY_MS, dayOf, earliest, startOfDay } from "../lib/time.ts";
import { log, reasonOf } from "../lib/log.ts";
import { migrate } from "../durable/migrate.ts";
import { hex, sha256 } from "../lib/crypto.ts";
import { retentionDays } from "../config/settings.ts";
import { Alarm } from "../durable/alarm.ts";
import { ConferenceClient } from "../conference/client.ts";
import { laterStatus } from "./called-status.ts";
import { isFinal, jobId, jobView, type Command, type Job } from "./job.ts";
import type { BatchView } from "../contract/batch-view.ts";
import { Dispatcher } from "./dispatcher.ts";
import { batchId, migrations, JobTable, type Batch } from "./job-table.ts";

/** How many whole days a batch is remembered after its own. */
const KEPT_DAYS = 2;

/** While there is work the alarm rings this often, in case that the object went down over it. */
const BACKSTOP_MS = 15_000;
const ALARM_RETRY_MS = 60_000;

export interface Submission {
  conference: string;
  commands: Command[];
  /** A repetition with the same key for the same conference, within a day, is not done again. */
  idempotencyKey: string | null;
  /** What tells another request with the same key. */
  fingerprint: string;
}

export type Submitted =
  | { ok: true; batch: string; repeated: boolean }
  | { ok: false; reason: "key used for another request" };

export class Outbox extends DurableObject<Env> {
  readonly #rows: JobTable;
  readonly #wake: Alarm;
  readonly #pump: Dispatcher;
  /** Who waits for the end of a batch. */
  readonly #waiting = new Map<string, Set<() => void>>();
  #lastSeq = 0;
  #started = false;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    migrate(ctx.storage, migrations);
    this.#rows = new JobTable(ctx.storage.sql);
    this.#wake = new Alarm(ctx.storage);
    this.#pump = new Dispatcher(env, {
      rows: this.#rows,
      conferences: new ConferenceClient(env.CONFERENCE),
      onEnd: (job) => this.#ended(job),
    });
  }

  /** Takes commands. Once this resolves they are durable. */
  async submit(submission: Submission): Promise<Submitted> {
    const { conference, commands, idempotencyKey, fingerprint } = submission;
    const now = Date.now();
    const names = await batchNames(conference, idempotencyKey, dayOf(now));
    await this.#resume(now);
    const before = this.#earlier(names, now);
    if (before !== null) {
      return before.fingerprint === fingerprint
        ? { ok: true, batch: before.batch, repeated: true }
        : { ok: false, reason: "key used for another request" };
    }
    const [batch] = names;
    const jobs = commands.map((command, position) => this.#newJob(batch, command, position, now));
    this.ctx.storage.transactionSync(() => {
      const ids = jobs.map(({ id }) => id);
      this.#rows.add({ batch, conference, fingerprint, createdAt: now, jobs: ids }, jobs);
    });
    this.#pump.add(jobs);
    await this.#wake.by(now + BACKSTOP_MS, now);
    void this.#pump.run();
    return { ok: true, batch, repeated: false };
  }

  /** Whether a submission with this key would repeat an earlier one, or clash with it, so that nothing of it is done. */
  async isTaken(conference: string, idempotencyKey: string): Promise<boolean> {
    const now = Date.now();
    return this.#earlier(await batchNames(conference, idempotencyKey, dayOf(now)), now) !== null;
  }

  /** The batch as soon as nothing of it is pending, or after `ms`; null for an unknown one. */
  async wait(batch: string, ms: number): Promise<BatchView | null> {
    await this.#resume(Date.now());
    if (this.#pump.holds(batch)) await this.#end(batch, ms);
    return this.progress(batch);
  }

  /** The batch at this moment; null for an unknown one, or one that is longer ago than batches are kept. */
  progress(batch: string): BatchView | null {
    const known = this.#rows.batch(batch);
    return known && this.#view(known);
  }

  /** What a webhook of a call that was made says of it, perhaps before the carrier's reply does. */
  async dialled(dial: string, leg: string, status: string | null): Promise<void> {
    if (await this.#pump.heard(dial, leg, status)) return;
    const job = this.#rows.endedDial(dial);
    if (job === null) return;
    const known = { leg, status: laterStatus(job.status, status) };
    if (known.leg === job.leg && known.status === job.status) return;
    // A call that nobody could tell of has been made after all.
    this.#rows.save({ ...job, ...known, state: "done", detail: null }, false, false);
  }

  override async alarm(): Promise<void> {
    const now = Date.now();
    this.#wake.rang();
    try {
      this.#start(now, now);
      void this.#pump.run();
      await this.#pump.tellAgain(now);
      this.#rows.dropBefore(dayOf(now) - KEPT_DAYS, dayOf(now) - retentionDays(this.env));
      this.#pump.forgetDropped();
      await this.#wake.by(this.#nextMoment(now), Date.now());
    } catch (error) {
      log("outbox alarm failed", { reason: reasonOf(error) });
      await this.#wake.by(now + ALARM_RETRY_MS, now);
    }
  }

  /** Goes on with what was under way when this object went down. */
  async #resume(now: number): Promise<void> {
    if (!this.#started) this.#start(await this.ctx.storage.getAlarm(), now);
    void this.#pump.run();
  }

  /**
   * To be called before anything is sent. An alarm that rings soon tells that there was work a moment ago: how much of it
   * this object sent before it went down is not known any more, so the carrier gets a pause. It costs no row to know.
   */
  #start(alarm: number | null, now: number): void {
    const wasBusy = !this.#pump.idle || (alarm !== null && alarm <= now + 2 * BACKSTOP_MS);
    if (!this.#started && wasBusy) this.#pump.pause(now);
    this.#started = true;
  }

  /** The batch of these names that is not yet a day old. */
  #earlier(names: readonly string[], now: number): Batch | null {
    for (const name of names) {
      const before = this.#rows.batch(name);
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

  /** Resolves once nothing of a batch is pending, or after `ms`. */
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
    if (this.#pump.holds(batch)) return;
    for (const wake of this.#waiting.get(batch) ?? []) wake();
  }

  #nextMoment(now: number): number | null {
    if (this.#pump.hasWork) return now + BACKSTOP_MS;
    const oldest = this.#rows.oldestDay();
    const dropsAt = oldest === null ? null : startOfDay(oldest + KEPT_DAYS + 1);
    return earliest([this.#pump.tellsAt, dropsAt]);
  }
}

/**
 * The ids that a batch can have: its own first, then that of an earlier one with the same key. A key makes the id, so
 * that a repetition is found without a table of keys.
 */
async function batchNames(
  conference: string,
  key: string | null,
  day: number,
): Promise<[string, ...string[]]> {
  if (key === null) return [batchId(day, crypto.randomUUID().replaceAll("-", ""))];
  const text = new TextEncoder().encode(JSON.stringify([conference, key]));
  const name = hex(await sha256(text)).slice(0, 32);
  return [batchId(day, name), batchId(day - 1, name)];
}
