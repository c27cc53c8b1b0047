/** The meeting that is going on, in SQL: a row only while there is something to remember. */
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
    // Written by `write` from the same type; a field that came later has its first value.
    this.#meeting =
      state === undefined ? NO_MEETING : { ...NO_MEETING, ...(JSON.parse(state) as Meeting) };
  }

  get current(): Meeting {
    return this.#meeting;
  }

  /**
   * Follows the meeting where anything hangs on it; of any other it would be a crowd counted for nothing, so `live` is only
   * called for it. `latest`: of whom something was just heard.
   */
  follow(live: () => Participant[], latest: Participant | null, now: number): void {
    if (!matters(this.#meeting) && latest?.starts !== true && latest?.ends !== true) return;
    this.write(meetingAfter(this.#meeting, live(), latest, now));
  }

  /** An operator's hand on the meeting, which must be followed from then on. */
  change(change: Partial<Pick<Meeting, "locked" | "banned">>, now: number): void {
    // A meeting to which nothing mattered was not followed, so what it says of who was there may be long over.
    const followed = matters(this.#meeting) ? this.#meeting : NO_MEETING;
    this.write(changedMeeting(followed, change, now));
  }

  /** Writes one row where anything changed. */
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
