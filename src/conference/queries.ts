/** The reads of a conference, none of which changes it. */
import { maxCallMs } from "../config/settings.ts";
import { isStarted, type ConferenceStatus } from "./state/census.ts";
import { countSteps } from "./state/history.ts";
import type { Journal } from "./storage/journal.ts";
import type { NumberedEntry } from "./state/journal-entry.ts";
import type { LegTable } from "./storage/leg-table.ts";
import type { CountStep, ConferenceView, ParticipantView } from "../contract/conference-view.ts";
import { COSTS, PacedReads, ReadBudget } from "./paced-reads.ts";
import type { RoomState } from "./effects/live-source.ts";
import type { LiveLegs } from "./storage/live-legs.ts";
import type { MeetingRow } from "./storage/meeting-row.ts";
import { conferenceView, participantView } from "./state/view.ts";

/** A history covers at most so many legs that have left: each costs some forty microseconds, while callers wait. */
const MAX_LEGS = 1_000;

const PAGE = 1_000;

export interface Parts {
  name: string;
  env: Env;
  legs: LegTable;
  live: LiveLegs;
  journal: Journal;
  meeting: MeetingRow;
}

/** Entries, and whether there are more. */
export interface JournalPage {
  entries: NumberedEntry[];
  more: boolean;
}

/** Times in milliseconds since the epoch. */
export interface History {
  from: number;
  to: number;
  steps: CountStep[];
}

export class Queries {
  readonly #parts: Parts;
  readonly #budget = new ReadBudget();
  readonly #views = new PacedReads<ConferenceView>(this.#budget, true);
  /** About the past, so that an outdated second makes no difference. */
  readonly #histories = new PacedReads<History>(this.#budget, false);
  readonly #pages = new PacedReads<JournalPage>(this.#budget, true);

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Call this after anything may have changed. */
  changed(): void {
    this.#budget.version += 1;
  }

  /** The conference, with the `gone` legs that left last. Null: too many requests. */
  async pacedView(gone: number): Promise<ConferenceView | null> {
    return await this.#views.get(String(gone), (now) => {
      const view = this.view(gone, now);
      return [view, COSTS.shownLeg * view.participants.length];
    });
  }

  /** The count in the last `ms` milliseconds. Null: too many requests. */
  async pacedHistory(ms: number): Promise<History | null> {
    return await this.#histories.get(String(ms), (now) => this.#history(ms, now));
  }

  /** The entries that `read` returns. Null: too many requests. */
  async pacedEntries(read: () => JournalPage): Promise<JournalPage | null> {
    return await this.#pages.get(null, () => {
      const page = read();
      return [page, COSTS.entry * page.entries.length];
    });
  }

  view(gone: number, now: number): ConferenceView {
    const { name, legs, live, meeting } = this.#parts;
    const left = gone === 0 ? [] : legs.latestGone(gone);
    const shownToo = left.map((leg) => live.entryOf(leg, now));
    return conferenceView(name, live.entries(now), shownToo, gone, meeting.current, now);
  }

  participant(
    leg: string,
    now: number,
  ): { participant: ParticipantView; duplicates: number } | null {
    const { live } = this.#parts;
    const stored = live.find(leg, now);
    return (
      stored && {
        participant: participantView(leg, live.recordOf(stored, now)),
        duplicates: stored.duplicates,
      }
    );
  }

  /** The status for the directory, as of the last recount of each leg. */
  standing(now: number): ConferenceStatus {
    const { live, meeting } = this.#parts;
    const { numbers } = live.census(now);
    const { locked } = meeting.current;
    return { ...numbers, started: isStarted(numbers, meeting.current), locked };
  }

  /** The state that the live feed shows. */
  state(now: number): RoomState {
    return { view: this.view(0, now), journal: this.#parts.journal.latest() };
  }

  /** All entries of the journal above the number `after`. */
  entriesAfter(after: number): NumberedEntry[] {
    const { entries, more } = this.#parts.journal.read(after, PAGE);
    const last = entries.at(-1);
    return more && last !== undefined ? [...entries, ...this.entriesAfter(last.seq)] : entries;
  }

  /** The count in the `ms` milliseconds before `now`, or in a shorter time if more legs left in it than a history covers. */
  #history(ms: number, now: number): [History, units: number] {
    const { env, legs, live } = this.#parts;
    const left = legs.latestGone(MAX_LEGS);
    const beyond = left.length === MAX_LEGS ? (left.at(-1)?.leftAt ?? null) : null;
    const from = Math.max(now - ms, beyond ?? 0);
    const there = left.filter(({ leftAt }) => leftAt === null || leftAt >= from);
    const sets = [...live.all(), ...there].map(({ facts }) => facts);
    const steps = countSteps(sets, from, now, maxCallMs(env));
    return [{ from, to: now, steps }, COSTS.leg * sets.length + left.length];
  }
}
