/** What the API says of lines, as far as the page reads it: `/api/openapi.json` has all of it. */
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
  /** Null where it cannot be read. */
  value: string | null;
  line: ShownLine | null;
  problems: readonly string[];
}

export interface LinePage {
  lines: readonly LineEntry[];
  next: string | null;
}

/** What a caller of a number gets, whether it has a line or not. */
export interface LineAnswer extends LineEntry {
  /** The entry that serves it, which may be the default line's; null where there is none. */
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

/** Behind `/api`. */
export function linePath(number: string): string {
  return `/lines/${encodeURIComponent(number)}`;
}
