/** The API's answers about lines, as far as the page uses them. `/api/openapi.json` describes them fully. */
import type { Ncco } from "../../../vonage/ncco.ts";

/** Codes and PINs are `***`. */
export interface ShownRoom {
  conference: string;
  pin?: string;
  moderatorPin?: string;
  waitForModerator?: boolean;
  endWithModerator?: boolean;
  startOnEnter?: boolean;
  endOnExit?: boolean;
  record?: boolean;
}

/** Either one room or many. */
export interface ShownLine extends Partial<ShownRoom> {
  rooms?: readonly ShownRoom[];
  hours?: object;
  allow?: readonly string[];
  deny?: readonly string[];
}

/** A line in the list. */
export interface LineEntry {
  /** Its key: digits, a user in lower case, or `*`. */
  number: string;
  /** Null where the line is invalid. */
  value: string | null;
  line: ShownLine | null;
  problems: readonly string[];
}

export interface LinePage {
  lines: readonly LineEntry[];
  next: string | null;
}

/** What a caller of a number reaches, whether it has a line of its own or not. */
export interface LineAnswer extends LineEntry {
  /** The entry that serves the number, possibly the default line's; null where there is none. */
  key: string | null;
  ncco: Ncco;
}

export interface WrittenLine extends LineEntry {
  ncco: Ncco;
  written: boolean;
  note: string;
}

export interface ImportReport {
  written: number;
  lines: readonly string[];
  note: string;
}

/** The path after `/api`. */
export function linePath(number: string): string {
  return `/lines/${encodeURIComponent(number)}`;
}
