/**
 * A leg's record, as a pure function of the set of its facts and the time. A set has neither order nor repetition, so the
 * count depends on neither: nothing is merged, incremented or undone, and a late webhook is one more member of the set.
 */
import type { Phase } from "../../../contract/conference-view.ts";
import type { Role } from "../../../lines/room.ts";
import { lineKey } from "../../../vonage/numbers.ts";
import { earliestFirst, inCanonicalOrder } from "./canonical-order.ts";
import { endingOf } from "./ending.ts";
import { bounded, isNaming } from "./leg-set.ts";
import { hasGap, homeAndLocation, type HomeAndLocation } from "./location.ts";
import { clockOf, firstTime, lastTime, usableFrom, type Clock } from "./usable-time.ts";
import type { AdmissionFact, ConferenceRefusal, Fact } from "./fact.ts";

/** Times in milliseconds since the epoch. */
export interface Participant {
  caller: string | null;
  line: string | null;
  role: Role;
  phase: Phase;
  /** Whether the carrier reported that the leg was moved into the room. */
  joinConfirmed: boolean;
  /** `unchecked`: admitted before the conference could be asked; null: the answer webhook never reached us. */
  admission: "checked" | "unchecked" | null;
  /** Why the conference did not admit it; null where it did, or was not asked. */
  denied: ConferenceRefusal | null;
  answeredAt: number | null;
  joinedAt: number | null;
  leftAt: number | null;
  /**
   * Of a leg that is gone: the carrier's status, `never arrived`, `no sign of life` or `sent elsewhere`. Of a refused one: full,
   * locked, banned or unavailable.
   */
  reason: string | null;
  /** Whether the others cannot hear it (`muted`), and whether it cannot hear them (`earmuffed`), as far as is known. */
  muted: boolean;
  earmuffed: boolean;
  lastSignAt: number | null;
  /** The base URL of the carrier's REST API for this leg; null where the carrier did not name one. */
  regionUrl: string | null;
  /** How many others were there when it was admitted, if it heard that. */
  others: number | null;
  /** In a room whose guests wait for a moderator: `starts`: the room starts with this leg; `waits`: this leg waits. */
  starts: boolean;
  waits: boolean;
  /** Whether the bridge ends the room after the last such moderator has left. */
  ends: boolean;
  /** The carrier's conversation that is this leg's room. */
  home: string | null;
  /** When this record will change by itself; null: never. */
  nextChangeAt: number | null;
}

/** A caller who never arrives is given up after this. The carrier takes some seconds from the answer webhook to `answered`. */
export const EXPECTED_MS = 120_000;

/** An answered leg counts as in after this, without a transfer: it is not documented that the carrier always reports one. */
export const UNCONFIRMED_MS = 60_000;

/**
 * The record of a leg at the moment `now`. Only the facts that `bounded` keeps are read, so that a set gives the same record
 * before and after it is cut. `maxCallMs`: how long a leg may give no sign of life. `gap`: whether transfers may have been
 * dropped; a caller that passes a part of a set must say.
 */
export function participant(
  facts: readonly Fact[],
  now: number,
  maxCallMs: number,
  gap = hasGap(facts),
): Participant {
  const kept = bounded(facts);
  const clock = clockOf(kept, now);
  const set = inCanonicalOrder(kept, clock);
  const admission = admissionOf(set);
  const transfers = set.filter((fact) => fact.type === "transfer");
  const answers = set.filter((fact) => fact.type === "status" && fact.status === "answered");
  const signs = set.filter((fact) => fact.type !== "other" && fact.type !== "release");

  const lastSignAt = lastTime(signs, clock);
  const answeredAt = firstTime(answers, clock);
  const { home, location } = homeAndLocation(transfers, admission?.origin ?? null, gap);
  const arrivals = transfers.filter(({ to }) => to === home);

  const denied = admission?.denied ?? null;
  const standing = standingOf({
    location,
    denied,
    home,
    answered: answers.length > 0,
    unconfirmedAt: unconfirmedAt(answeredAt ?? lastSignAt, admission),
    lastSignAt,
    now,
    maxCallMs,
  });
  const departure = departureOf(set, standing, clock);
  return {
    ...identityOf(set, admission),
    phase: departure === null ? standing.phase : "gone",
    joinConfirmed: arrivals.length > 0,
    admission: admission && (admission.checked ? "checked" : "unchecked"),
    denied,
    answeredAt,
    joinedAt: firstTime(arrivals, clock),
    leftAt: departure?.at ?? null,
    reason: departure === null ? (standing.phase === "refused" ? denied : null) : departure.reason,
    ...audioOf(set, admission),
    lastSignAt,
    regionUrl: admission?.regionUrl ?? null,
    others: admission?.others ?? null,
    starts: admission?.starts === true,
    waits: admission?.starts === false,
    ends: admission?.ends === true,
    home,
    nextChangeAt: departure?.final === true ? null : nextChange(set, standing, clock),
  };
}

/** The phase of a leg if it has not left, and until when that holds without a further webhook. */
interface Standing {
  phase: Exclude<Phase, "gone">;
  /** When an answered leg will count as in without a transfer; null where that does not apply. */
  joinsAt: number | null;
  lapsesAt: number;
  lapseReason: string;
}

function standingOf(leg: {
  location: HomeAndLocation["location"];
  denied: ConferenceRefusal | null;
  home: HomeAndLocation["home"];
  answered: boolean;
  unconfirmedAt: number;
  lastSignAt: number | null;
  now: number;
  maxCallMs: number;
}): Standing {
  // Without any usable time the leg has lapsed.
  const lastSignAt = leg.lastSignAt ?? Number.NEGATIVE_INFINITY;
  const silent = {
    joinsAt: null,
    lapsesAt: lastSignAt + leg.maxCallMs,
    lapseReason: "no sign of life",
  };
  if (leg.location !== null) {
    return { ...silent, phase: leg.location === leg.home ? "in" : "away" };
  }
  if (leg.denied !== null) {
    // The caller hears why, and hangs up or is hung up on.
    return {
      phase: "refused",
      joinsAt: null,
      lapsesAt: lastSignAt + EXPECTED_MS,
      lapseReason: leg.denied,
    };
  }
  if (!leg.answered) {
    return {
      phase: "expected",
      joinsAt: null,
      lapsesAt: lastSignAt + EXPECTED_MS,
      lapseReason: "never arrived",
    };
  }
  if (leg.now >= leg.unconfirmedAt) return { ...silent, phase: "in" };
  return { ...silent, phase: "arriving", joinsAt: leg.unconfirmedAt };
}

/**
 * When an answered leg counts as in without a transfer. A caller who must enter a code or a PIN is answered first and admitted
 * later, so the wait starts at the later of the two.
 */
function unconfirmedAt(answeredAt: number | null, admission: AdmissionFact | null): number {
  const begins = Math.max(
    answeredAt ?? Number.NEGATIVE_INFINITY,
    admission?.at ?? Number.NEGATIVE_INFINITY,
  );
  return begins + UNCONFIRMED_MS + (admission?.greetingMs ?? 0);
}

/** The earliest admission, even where it is so long before another that the later one's time counts as impossible. */
function admissionOf(set: readonly Fact[]): AdmissionFact | null {
  const admissions = set.filter((fact) => fact.type === "admission");
  return admissions.toSorted(earliestFirst)[0] ?? null;
}

/** How a leg left. Not final if a later webhook, or a time that becomes usable, can take it back. */
function departureOf(
  set: readonly Fact[],
  standing: Standing,
  clock: Clock,
): { at: number | null; reason: string; final: boolean } | null {
  const ending = endingOf(set, clock);
  if (ending !== null) return { ...ending, final: true };
  const release = set.find((fact) => fact.type === "release");
  // A leg is released when it was here by a wrong guess. If it was also admitted here, that was no guess.
  const admitted = set.some((fact) => fact.type === "admission");
  if (release !== undefined && !admitted) {
    return { at: release.at, reason: "sent elsewhere", final: true };
  }
  if (clock.now < standing.lapsesAt) return null;
  const at = Number.isFinite(standing.lapsesAt) ? standing.lapsesAt : null;
  return { at, reason: standing.lapseReason, final: false };
}

function nextChange(set: readonly Fact[], standing: Standing, clock: Clock): number | null {
  const moments = [
    standing.joinsAt,
    standing.lapsesAt,
    ...set.map((fact) => usableFrom(fact, clock)),
  ];
  const coming = moments.filter((moment) => moment !== null && moment > clock.now);
  return coming.length === 0 ? null : Math.min(...(coming as number[]));
}

/** Whether it is muted and earmuffed: as the carrier last confirmed, or else as it was admitted. */
function audioOf(
  set: readonly Fact[],
  admission: AdmissionFact | null,
): Pick<Participant, "muted" | "earmuffed"> {
  const controls = set.filter((fact) => fact.type === "control");
  const muted = controls.findLast((control) => control.muted !== undefined)?.muted;
  const earmuffed = controls.findLast((control) => control.earmuffed !== undefined)?.earmuffed;
  return { muted: muted ?? admission?.muted === true, earmuffed: earmuffed === true };
}

/** The caller and the line: from the admission, or else from the first status with a direction. */
function identityOf(
  set: readonly Fact[],
  admission: AdmissionFact | null,
): Pick<Participant, "caller" | "line" | "role"> {
  if (admission !== null) {
    return { caller: admission.caller, line: admission.line, role: admission.role };
  }
  const [status] = set.filter(isNaming).toSorted(earliestFirst);
  if (status === undefined) return { caller: null, line: null, role: "guest" };
  const [caller, called] =
    status.direction === "inbound" ? [status.from, status.to] : [status.to, status.from];
  return { caller, line: called === null ? null : lineKey(called), role: "guest" };
}
