/**
 * The demo's script: three lines, a dozen callers, and what the carrier does wrong. Times are seconds of call time from
 * the start.
 */

/** Entries of the KV namespace LINES, by called number: one as plain text, two as JSON. */
export const LINES: Readonly<Record<string, string>> = {
  "14155550100": "standup",
  "14155550101": JSON.stringify({
    conference: "town-hall",
    greeting: "Welcome to the town hall. You will hear the host in a moment.",
    startOnEnter: false,
  }),
  "14155550102": JSON.stringify({
    conference: "town-hall",
    greeting: "Welcome, host. The room is yours.",
    endOnExit: true,
  }),
};

/** The conferences that those lines lead to. */
export const CONFERENCES = ["standup", "town-hall"] as const;

export interface CastMember {
  readonly name: string;
  readonly caller: string;
  readonly line: string;
  readonly arrivesAt: number;
  /** Null for those who stay until the host closes the room. */
  readonly leavesAt: number | null;
}

const STANDUP = "14155550100";
const GUEST = "14155550101";
const HOST = "14155550102";

/** The numbers are ones that Ofcom keeps free for drama. Eve calls twice: the first time she does not wait for the beep. */
export const CAST: readonly CastMember[] = [
  { name: "Ann", caller: "447700900001", line: STANDUP, arrivesAt: 0, leavesAt: 52 },
  { name: "Gus", caller: "447700900007", line: GUEST, arrivesAt: 2, leavesAt: null },
  { name: "Ben", caller: "447700900002", line: STANDUP, arrivesAt: 4, leavesAt: 36 },
  { name: "Cleo", caller: "447700900003", line: STANDUP, arrivesAt: 7, leavesAt: 46 },
  { name: "Hana", caller: "447700900008", line: GUEST, arrivesAt: 8, leavesAt: null },
  { name: "Dev", caller: "447700900004", line: STANDUP, arrivesAt: 9, leavesAt: 20 },
  { name: "Eve", caller: "447700900005", line: STANDUP, arrivesAt: 12, leavesAt: 14 },
  { name: "Ivo", caller: "447700900009", line: HOST, arrivesAt: 14, leavesAt: 54 },
  { name: "Finn", caller: "447700900006", line: STANDUP, arrivesAt: 16, leavesAt: 50 },
  { name: "Jun", caller: "447700900010", line: GUEST, arrivesAt: 18, leavesAt: 35 },
  { name: "Kim", caller: "447700900011", line: GUEST, arrivesAt: 22, leavesAt: null },
  { name: "Lou", caller: "447700900012", line: GUEST, arrivesAt: 26, leavesAt: 44 },
  { name: "Eve", caller: "447700900005", line: STANDUP, arrivesAt: 30, leavesAt: 48 },
];

export interface Misdeed {
  /** Whose webhook it is. */
  readonly name: string;
  readonly webhook: string;
  /** When its copies are sent, in seconds of call time after it is due. */
  readonly copies: readonly number[];
  readonly announcement: string;
}

export const MISDEEDS: readonly Misdeed[] = [
  {
    name: "Cleo",
    webhook: "answered",
    copies: [8],
    announcement: "Cleo's `answered` is held back: her `transfer` overtakes it",
  },
  {
    name: "Dev",
    webhook: "answered",
    copies: [16],
    announcement: "Dev's `answered` is held back until after he has gone",
  },
  {
    name: "Kim",
    webhook: "transfer",
    copies: [0, 3],
    announcement: "Kim's `transfer` is sent twice",
  },
  {
    name: "Ben",
    webhook: "completed",
    copies: [9],
    announcement: "Ben's `completed` is 9 s late: until then nobody can know that he has gone",
  },
];
