/** The meeting that is going on, in SQL: a row only while there is something to remember. */
import { NO_MEETING, type Meeting } from "./meeting.ts";

export class MeetingRow {
  readonly #sql: SqlStorage;
  #meeting: Meeting;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    const rows = sql.exec<{ state: string }>("SELECT state FROM meeting").toArray();
    const state = rows[0]?.state;
    // Written by `write` from the same type; a field that came later has its first value.
    this.#meeting =
      state === undefined ? NO_MEETING : { ...NO_MEETING, ...(JSON.parse(state) as Meeting) };
  }

  get current(): Meeting {
    return this.#meeting;
  }

  /** Writes one row where anything changed. */
  write(meeting: Meeting): void {
    const [state, before] = [JSON.stringify(meeting), JSON.stringify(this.#meeting)];
    if (state === before) return;
    if (state === JSON.stringify(NO_MEETING)) this.#sql.exec("DELETE FROM meeting");
    else {
      this.#sql.exec(
        "INSERT INTO meeting (id, state) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state",
        state,
      );
    }
    this.#meeting = meeting;
  }
}
