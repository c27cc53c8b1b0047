/** The work of a conference's alarm, and when the alarm rings next. */
import { dayOf, earliest, startOfDay } from "../../lib/time.ts";
import { log } from "../../lib/log.ts";
import { retentionDays } from "../../config/settings.ts";
import type { Sweep } from "./sweep.ts";
import { hangUpDue } from "../state/clearing.ts";
import type { Journal } from "../storage/journal.ts";
import type { StoredLeg } from "../state/leg/stored-leg.ts";
import type { LegTable } from "../storage/leg-table.ts";
import type { LiveLegs } from "../storage/live-legs.ts";
import { withoutOldBans } from "../state/meeting.ts";
import type { MeetingRow } from "../storage/meeting-row.ts";
import { changesAt, keptUntil } from "./next-alarm.ts";
import type { Participant } from "../state/leg/participant.ts";
import { filed } from "../state/leg/stored-leg.ts";
import type { Recordings } from "../storage/recordings.ts";
import { rosterOf } from "../state/roster.ts";

export interface Kept {
  name: string;
  env: Env;
  storage: DurableObjectStorage;
  legs: LegTable;
  live: LiveLegs;
  journal: Journal;
  recordings: Recordings;
  meeting: MeetingRow;
  sweep: Sweep;
}

export class Upkeep {
  readonly #parts: Kept;

  constructor(kept: Kept) {
    this.#parts = kept;
  }

  /** Deletes what is older than `RETENTION_DAYS`. */
  forget(now: number): void {
    const { env, storage, legs, live, journal, recordings, meeting } = this.#parts;
    const firstKept = dayOf(now) - retentionDays(env);
    const stale = live.all().length === 0 ? new Set() : journal.legsBefore(firstKept);
    // No call lasts that long. Such a leg is only kept alive by times in the future, or by look-ups.
    const deleted = live.all().filter(({ leg }) => stale.has(leg));
    storage.transactionSync(() => {
      journal.dropBefore(firstKept);
      legs.deleteGoneBefore(firstKept);
      recordings.deleteBefore(firstKept);
      for (const { leg } of deleted) legs.deleteLive(leg);
    });
    for (const { leg } of deleted) live.forget(leg);
    meeting.write(withoutOldBans(meeting.current, startOfDay(firstKept), now));
  }

  /** Marks the legs that have lapsed as gone. */
  fileLapsed(now: number): void {
    const { name, legs, live } = this.#parts;
    for (const leg of live.all()) {
      const record = live.recordOf(leg, now);
      const after = filed(leg, record, now);
      if (after.gone === 0) continue;
      legs.save(leg, after);
      live.keep(after, record);
      const { reason } = record;
      log("leg lapsed", { conference: name, leg: leg.leg, reason });
    }
  }

  /** Hangs up on the remaining legs once the room has ended after its last moderator, and again until they are gone. */
  async endIfDue(now: number): Promise<void> {
    const { name, live, meeting, sweep } = this.#parts;
    const before = meeting.current;
    const roster = rosterOf(live.entries(now));
    const due = hangUpDue(
      before,
      roster.map(({ leg }) => leg),
      now,
    );
    if (due === null) return;
    if (before.endsAt !== null) log("conference ended after its moderator", { conference: name });
    const left = roster.filter(({ leg }) => due.legs.includes(leg));
    await sweep.hangUp(left, due.key);
    // If the meeting changed during the await, the change stands, and the next alarm decides again.
    if (meeting.current === before) meeting.write(due.after);
  }

  /** When the alarm rings next if nothing happens, in milliseconds since the epoch; null: never. */
  nextMoment(now: number): number | null {
    const { env, legs, live, journal, meeting } = this.#parts;
    const { endsAt, clearing, bannedAt } = meeting.current;
    const firstBan = earliest(bannedAt);
    const days = [
      journal.oldestDay(),
      legs.oldestGoneDay(),
      firstBan === null ? null : dayOf(firstBan),
    ];
    return earliest([
      keptUntil(earliest(days), env),
      endsAt,
      clearing?.nextAt ?? null,
      ...live.all().map((leg) => this.lookAgainAt(leg, live.recordOf(leg, now), now)),
    ]);
  }

  /** When the alarm must ring for one leg. */
  lookAgainAt(leg: StoredLeg, record: Participant, now: number): number | null {
    const { env, sweep } = this.#parts;
    if (leg.gone !== 0) return keptUntil(leg.gone, env);
    return earliest([changesAt(leg, record, now), sweep.lookUpAt(leg.leg, record)]);
  }
}
