/** The snapshots and deltas of the live feed of one conference. */
import { iso } from "../../lib/time.ts";
import type { Source } from "../../durable/feed-source.ts";
import { maskedForViewer } from "../../lib/masking/viewer-mask.ts";
import type { NumberedEntry } from "../state/journal-entry.ts";
import type {
  ConferenceDelta,
  ConferenceSnapshot,
  LiveEntry,
} from "../../contract/live-messages.ts";
import type { ConferenceView, ParticipantView } from "../../contract/conference-view.ts";

export interface RoomState {
  view: ConferenceView;
  /** The number of the latest entry of the journal. */
  journal: number;
}

/** `since`: reads the journal's entries above a number. */
export function liveSource(
  now: () => RoomState,
  since: (seq: number) => readonly NumberedEntry[],
): Source<RoomState> {
  return {
    now,
    snapshot: ({ view, journal }, seq): ConferenceSnapshot => ({
      type: "snapshot",
      seq,
      conference: view,
      journal,
    }),
    delta: (before, after, seq) =>
      deltaOf(before, after, after.journal > before.journal ? since(before.journal) : [], seq),
    masked: maskedForViewer,
  };
}

/** Null where only the time changed. */
function deltaOf(
  before: RoomState,
  after: RoomState,
  gained: readonly NumberedEntry[],
  seq: number,
): ConferenceDelta | null {
  const { participants, ...conference } = after.view;
  const known = textsOf(before.view.participants);
  const changed = participants.filter((one) => known.get(one.leg) !== JSON.stringify(one));
  const here = new Set(participants.map(({ leg }) => leg));
  const left = [...known.keys()].filter((leg) => !here.has(leg));
  const entries = gained.map(liveEntry);
  const quiet = changed.length + left.length + entries.length === 0;
  if (quiet && headOf(before.view) === headOf(after.view)) return null;
  return { type: "delta", seq, conference, participants: changed, left, entries };
}

function textsOf(participants: readonly ParticipantView[]): Map<string, string> {
  return new Map(participants.map((one) => [one.leg, JSON.stringify(one)]));
}

function headOf(view: ConferenceView): string {
  return JSON.stringify({ ...view, participants: null, asOf: null });
}

function liveEntry({ seq, leg, kind, status, at, receivedAt, outcome }: NumberedEntry): LiveEntry {
  return { seq, leg, kind, status, at: iso(at), receivedAt: iso(receivedAt), outcome };
}
