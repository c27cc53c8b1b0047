import type { ConferenceClient } from "../conference/client.ts";
import { earliest } from "../lib/time.ts";
import { confirmAgainAt, confirmation } from "./confirmation.ts";
import type { Job } from "./job.ts";
import type { JobTable } from "./job-table.ts";

/** The ended jobs that their conferences have not been told of yet. Their rows stay open until then. */
export class Unconfirmed {
  readonly #rows: JobTable;
  readonly #conferences: ConferenceClient;
  /** With the time of the next try, in milliseconds since the epoch. */
  readonly #jobs: Map<Job, number>;

  constructor(rows: JobTable, conferences: ConferenceClient, jobs: readonly Job[]) {
    this.#rows = rows;
    this.#conferences = conferences;
    this.#jobs = new Map(jobs.map((job) => [job, 0]));
  }

  /** When conferences are told again; null if all have been told. */
  get nextAt(): number | null {
    return earliest([...this.#jobs.values()]);
  }

  add(job: Job, now: number): void {
    this.#jobs.set(job, confirmAgainAt(job, now));
  }

  /** Tells the conference; false if it does not answer. */
  async confirm(job: Job): Promise<boolean> {
    const delivery = confirmation(job);
    if (delivery === null || job.leg === null) return true;
    const { conference } = job.command;
    return (await this.#conferences.hand(conference, job.leg, [delivery])) !== null;
  }

  async confirmAgain(now: number): Promise<void> {
    const due = [...this.#jobs].filter(([, at]) => at <= now);
    await Promise.all(
      due.map(async ([job]) => {
        if (!(await this.confirm(job))) return this.add(job, now);
        this.#rows.save(job, true, false);
        this.#jobs.delete(job);
      }),
    );
  }

  /** Forgets the jobs whose day has been dropped: they have no row any more. */
  forgetDropped(): void {
    for (const job of this.#jobs.keys()) if (!this.#rows.has(job)) this.#jobs.delete(job);
  }
}
