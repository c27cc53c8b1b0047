/**
 * Knows which conferences are live, and which problems were noticed. There is one Directory.
 *
 * It is eventually consistent: each conference reports to it at most once a second, asynchronously, and repeats a failed report
 * from its alarm. A slow or failed Directory delays no call. It asks live conferences whose last report it has lost (after its own
 * eviction) or that have been silent for long. Stored: names, times and problems; the numbers are only in memory.
 */
import { conferenceStub } from "../conference/client.ts";
import { dayOf, earliest, startOfDay } from "../lib/time.ts";
import { withTimeout } from "../lib/deadline.ts";
import { LiveFeed } from "../durable/live-feed.ts";
import { log, reasonOf } from "../lib/log.ts";
import { migrate } from "../durable/migrate.ts";
import { retentionDays } from "../config/settings.ts";
import { Alarm } from "../durable/alarm.ts";
import { WatchedObject } from "../durable/watched-object.ts";
import { ConferenceRows } from "./conference-rows.ts";
import { directorySource, type DirectoryState } from "./live-source.ts";
import { HomeRows } from "./home-rows.ts";
import { problemView, shownOf, type Notice } from "./problem.ts";
import { ProblemRows } from "./problem-rows.ts";
import { migrations } from "./schema.ts";
import type { ConferenceStatus } from "../conference/state/census.ts";
import { summaryOf, type KnownConference } from "./summary.ts";
import type { ConferenceSummary, ProblemView } from "../contract/directory-view.ts";

/** How long a list waits for the conferences that it must ask. */
const ANSWER_MS = 2_000;
/** A conference that has reported nothing for so long is asked: it may have failed before it could report. */
const SILENT_MS = 30 * 60_000;
/** A conference that did not answer is not asked again for so long, so that it does not delay every list. */
const ASK_AGAIN_MS = 30_000;
/** At most so many are asked for one list; the others are shown without numbers. */
const MAX_ASKED = 200;
/** How many problems the live feed shows; the API lists all. */
const MAX_SHOWN = 50;

export class Directory extends WatchedObject<DirectoryState> {
  readonly #conferences: ConferenceRows;
  readonly #problems: ProblemRows;
  readonly #homes: HomeRows;
  readonly #alarm: Alarm;
  protected override readonly feed: LiveFeed<DirectoryState>;
  #asking: Promise<void> | null = null;
  /** When a conference that did not answer may be asked again, in milliseconds since the epoch, by name. */
  readonly #askAgainAt = new Map<string, number>();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    migrate(ctx.storage, migrations);
    this.#conferences = new ConferenceRows(ctx.storage.sql);
    this.#problems = new ProblemRows(ctx.storage.sql);
    this.#homes = new HomeRows(ctx.storage.sql);
    this.#alarm = new Alarm(ctx.storage);
    this.feed = new LiveFeed(
      ctx,
      directorySource(() => ({
        at: Date.now(),
        live: this.#conferences.live(),
        problems: shownOf(this.#problems.latest(), MAX_SHOWN),
      })),
    );
  }

  /**
   * Takes a conference's report. `seq` grows from each of its reports to the next. Idempotent.
   *
   * @returns the highest `seq` taken from this conference; if it is above the given one, this report was not taken.
   */
  hear(name: string, seq: number, status: ConferenceStatus): number {
    const now = Date.now();
    const heard = this.#conferences.hear(name, seq, status, now);
    if (heard === null) return this.#conferences.seqOf(name) ?? seq;
    const { before } = heard;
    const previous = before?.heard?.status;
    if (status.split && previous?.split !== true) {
      this.#problems.notice({ ...SPLIT, subject: name }, false, now);
    }
    for (const home of status.homes ?? []) {
      if (previous?.homes?.includes(home) !== true) this.#homes.note(home, name, now);
    }
    this.#written(now);
    return seq;
  }

  /** The conference that a carrier's conversation belongs to; null where no conference has reported it. */
  conferenceOf(conversation: string): string | null {
    return this.#homes.conferenceOf(conversation);
  }

  /** Takes a problem. At most once: it may be lost with this object's memory. */
  notice(notice: Notice): void {
    const now = Date.now();
    this.#problems.notice(notice, false, now);
    this.#written(now);
  }

  /** The same for a problem that is recorded nowhere else: once this resolves, it is durable. */
  keep(notice: Notice): void {
    const now = Date.now();
    this.#problems.notice(notice, true, now);
    this.#written(now);
  }

  /** The live conferences, in the order of their names. */
  async live(): Promise<ConferenceSummary[]> {
    await this.#ask();
    return this.#conferences.live().map(summaryOf);
  }

  /** Live and ended conferences, as long as they are kept, ordered by name, after the name `after`. */
  async all(
    after: string,
    limit: number,
  ): Promise<{ conferences: ConferenceSummary[]; more: boolean }> {
    await this.#ask();
    const { conferences, more } = this.#conferences.all(after, limit);
    return { conferences: conferences.map(summaryOf), more };
  }

  /** Newest first. */
  problems(): ProblemView[] {
    return this.#problems.latest().map(problemView);
  }

  override async fetch(request: Request): Promise<Response> {
    await this.#ask();
    return await super.fetch(request);
  }

  /** Forgets what is older than `RETENTION_DAYS`. */
  override async alarm(): Promise<void> {
    await this.#alarm.run("directory", (now) => this.#maintain(now));
  }

  async #maintain(now: number): Promise<void> {
    // A conference that ended without reporting it ends now.
    await this.#ask();
    const firstKept = startOfDay(dayOf(now) - retentionDays(this.env));
    const tables = [this.#conferences, this.#problems, this.#homes];
    for (const table of tables) table.forgetBefore(firstKept);
    const oldest = earliest(tables.map((table) => table.oldest()));
    const next = oldest === null ? null : this.#keptUntil(oldest);
    await this.#alarm.by(next && Math.max(next, startOfDay(dayOf(now) + 1)), Date.now());
  }

  /** Call this after a write. The caller does not wait for the alarm that will delete what was written. */
  #written(now: number): void {
    this.#changed();
    const setting = this.#alarm.by(this.#keptUntil(now), now).catch((error: unknown) => {
      log("alarm not set", { reason: reasonOf(error) });
    });
    this.ctx.waitUntil(setting);
  }

  /** A start of day, so that the alarm, which costs a row, is set at most once a day. */
  #keptUntil(time: number): number {
    return startOfDay(dayOf(time) + retentionDays(this.env) + 1);
  }

  #changed(): void {
    const mustAsk = this.feed.hasListeners && this.#silent(Date.now()).length > 0;
    // After an eviction the numbers are unknown: do not replace those that listeners have with nulls before asking.
    if (!mustAsk || this.feed.hasSent) this.feed.changed();
    if (mustAsk) this.ctx.waitUntil(this.#ask().then(() => this.feed.changed()));
  }

  /** The live conferences whose status must be asked for. */
  #silent(now: number): KnownConference[] {
    const live = this.#conferences.live();
    return live.filter(
      ({ name, heard }) =>
        (heard === null || heard.at < now - SILENT_MS) && now >= (this.#askAgainAt.get(name) ?? 0),
    );
  }

  /** Asks them, once for all concurrent callers. One that does not answer in time keeps its last status. */
  async #ask(): Promise<void> {
    const silent = this.#silent(Date.now()).slice(0, MAX_ASKED);
    if (silent.length === 0) return;
    this.#asking ??= Promise.all(silent.map(({ name }) => this.#askOne(name)))
      .then(() => undefined)
      .finally(() => (this.#asking = null));
    await this.#asking;
  }

  async #askOne(name: string): Promise<void> {
    const asked = Date.now();
    try {
      const status = await withTimeout(ANSWER_MS, conferenceStub(this.env, name).standing());
      // The answer dates from the question: a report that arrived in between is newer.
      this.hear(name, asked, status);
      this.#askAgainAt.delete(name);
    } catch (error) {
      this.#askAgainAt.set(name, Date.now() + ASK_AGAIN_MS);
      log("conference not heard", { conference: name, reason: reasonOf(error) });
    }
  }
}

const SPLIT = {
  kind: "split-room",
  detail:
    "The carrier runs this room in two places, whose halves cannot hear each other. Set one region for all calls of the application.",
  times: 1,
} as const;
