/**
 * Knows which conferences are live, and what went wrong. It hears of either, and nobody who tells it waits for it or fails
 * with it; what it missed it asks for.
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
import { summaryOf, type Known } from "./summary.ts";
import type { ConferenceSummary, ProblemView } from "../contract/directory-view.ts";

/** How long a list waits for the conferences that it must ask. */
const ANSWER_MS = 2_000;
/** A conference that has been silent for so long is asked: what it said may have been lost with it. */
const SILENT_MS = 30 * 60_000;
/** Who did not answer is left alone for so long, so that they do not hold up everybody's list. */
const ASK_AGAIN_MS = 30_000;
/** So many are asked for one list; the others are shown as not known. */
const MOST_ASKED = 200;
/** What a page shows at once; the rest is in the list. */
const MOST_SHOWN = 50;

export class Directory extends WatchedObject<DirectoryState> {
  readonly #conferences: ConferenceRows;
  readonly #problems: ProblemRows;
  readonly #homes: HomeRows;
  readonly #alarm: Alarm;
  protected override readonly feed: LiveFeed<DirectoryState>;
  #asking: Promise<void> | null = null;
  /** When those who did not answer are asked again, in milliseconds since the epoch. */
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
        problems: shownOf(this.#problems.latest(), MOST_SHOWN),
      })),
    );
  }

  /**
   * Takes what a conference says of itself. `seq` grows from each of its messages to the next.
   *
   * @returns the latest number that it has heard of; where that is above `seq`, it did not take this one.
   */
  hear(name: string, seq: number, standing: ConferenceStatus): number {
    const now = Date.now();
    const heard = this.#conferences.hear(name, seq, standing, now);
    if (heard === null) return this.#conferences.seqOf(name) ?? seq;
    const { before } = heard;
    const told = before?.heard?.standing;
    if (standing.split && told?.split !== true) {
      this.#problems.notice({ ...SPLIT, subject: name }, false, now);
    }
    for (const home of standing.homes ?? []) {
      if (told?.homes?.includes(home) !== true) this.#homes.note(home, name, now);
    }
    this.#written(now);
    return seq;
  }

  /** The conference that one of the carrier's conversations is; null where nobody has shown it. */
  conferenceOf(conversation: string): string | null {
    return this.#homes.conferenceOf(conversation);
  }

  /** Takes what somebody noticed. */
  notice(notice: Notice): void {
    const now = Date.now();
    this.#problems.notice(notice, false, now);
    this.#written(now);
  }

  /** The same of what nobody else has: once this resolves it is durable. */
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

  /** Those that ever were live too, as long as they are remembered, after the name `after`. */
  async all(
    after: string,
    limit: number,
  ): Promise<{ conferences: ConferenceSummary[]; more: boolean }> {
    await this.#ask();
    const { conferences, more } = this.#conferences.all(after, limit);
    return { conferences: conferences.map(summaryOf), more };
  }

  /** The newest first. */
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

  /** To be called after something was told. Nobody who tells it waits for the alarm that will forget it. */
  #written(now: number): void {
    this.#changed();
    const waking = this.#alarm.by(this.#keptUntil(now), now).catch((error: unknown) => {
      log("alarm not set", { reason: reasonOf(error) });
    });
    this.ctx.waitUntil(waking);
  }

  /** Whole days, so that the alarm, which costs a row, rings once a day at most. */
  #keptUntil(time: number): number {
    return startOfDay(dayOf(time) + retentionDays(this.env) + 1);
  }

  #changed(): void {
    const mustAsk = this.feed.isHeard && this.#unheard(Date.now()).length > 0;
    // Where this object has slept, nobody is to be shown less than they knew.
    if (!mustAsk || this.feed.hasTold) this.feed.changed();
    if (mustAsk) this.ctx.waitUntil(this.#ask().then(() => this.feed.changed()));
  }

  /** Those that must be asked how they stand. */
  #unheard(now: number): Known[] {
    const live = this.#conferences.live();
    return live.filter(
      ({ name, heard }) =>
        (heard === null || heard.at < now - SILENT_MS) && now >= (this.#askAgainAt.get(name) ?? 0),
    );
  }

  /** Asks them, once for all who wait for it. Who does not answer in time stays as they are. */
  async #ask(): Promise<void> {
    const unheard = this.#unheard(Date.now()).slice(0, MOST_ASKED);
    if (unheard.length === 0) return;
    this.#asking ??= Promise.all(unheard.map(({ name }) => this.#askOne(name)))
      .then(() => undefined)
      .finally(() => (this.#asking = null));
    await this.#asking;
  }

  async #askOne(name: string): Promise<void> {
    const asked = Date.now();
    try {
      const standing = await withTimeout(ANSWER_MS, conferenceStub(this.env, name).standing());
      // As of when it was asked: what it says by itself meanwhile is newer.
      this.hear(name, asked, standing);
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
