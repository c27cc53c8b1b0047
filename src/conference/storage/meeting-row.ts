/** The present meeting, in SQL. There is a row only while there is something to remember. */
import type { Database } from "../../durable/database.ts";
import {
  changedMeeting,
  matters,
  meetingAfter,
  NO_MEETING,
  type Meeting,
} from "../state/meeting.ts";
import type { Participant } from "../state/leg/participant.ts";

export class MeetingRow {
  readonly #db: Database;
  #meeting: Meeting;

  constructor(db: Database) {
    this.#db = db;
    const state = db.rows<{ state: string }>("SELECT state FROM meeting")[0]?.state;
    // Written by `write` from the same type. A field that was added later gets its initial value.
    this.#meeting =
      state === undefined ? NO_MEETING : { ...NO_MEETING, ...(JSON.parse(state) as Meeting) };
  }

  get current(): Meeting {
    return this.#meeting;
  }

  /**
   * Updates the meeting after a change of its legs, if anything depends on it; only then is `live` called, which reads every leg.
   * `latest`: the leg whose fact was just taken.
   */
  follow(live: () => Participant[], latest: Participant | null, now: number): void {
    if (!matters(this.#meeting) && latest?.starts !== true && latest?.ends !== true) return;
    this.write(meetingAfter(this.#meeting, live(), latest, now));
  }

  /** Applies an operator's change. The meeting is followed from then on. */
  change(change: Partial<Pick<Meeting, "locked" | "banned">>, now: number): void {
    // A meeting that did not matter was not followed, so its fields may be out of date.
    const followed = matters(this.#meeting) ? this.#meeting : NO_MEETING;
    this.write(changedMeeting(followed, change, now));
  }

  /** Writes one row, only if anything changed. */
  write(meeting: Meeting): void {
    const [state, before] = [JSON.stringify(meeting), JSON.stringify(this.#meeting)];
    if (state === before) return;
    if (state === JSON.stringify(NO_MEETING)) this.#db.sql.exec("DELETE FROM meeting");
    else {
      this.#db.sql.exec(
        "INSERT INTO meeting (id, state) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state",
        state,
      );
    }
    this.#meeting = meeting;
  }
}
