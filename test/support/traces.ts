/** Generators of what a conference may receive: whole calls as the carrier reports them, and arbitrary noise. */
import * as fc from "fast-check";
import { KNOWN_STATUSES, TERMINAL_STATUSES } from "../../src/vonage/event.ts";
import type {
  AdmissionFact,
  ControlFact,
  LookUpFact,
  StatusFact,
  TransferFact,
  Fact,
} from "../../src/conference/state/leg/fact.ts";

/** The moment around which everything happens, in milliseconds since the epoch: years ahead, so that no alarm rings by itself. */
export const T0 = Date.parse("2031-06-01T12:00:00.000Z");

const timestamp = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.integer({ min: -60, max: 600 }).map((s) => new Date(T0 + s * 1000).toISOString()),
  },
  // Missing, unreadable, and impossible: long ago, and years ahead.
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      null,
      "soon",
      "2001-01-01T00:00:00Z",
      "2099-01-01T00:00:00Z",
      "9999-01-01T00:00:00Z",
    ),
  },
);
const conversation = fc.constantFrom("CON-origin", "CON-room", "CON-other", "CON-third");

export const status = fc.record<StatusFact>({
  type: fc.constant("status"),
  status: fc.constantFrom(...KNOWN_STATUSES),
  timestamp,
  direction: fc.constantFrom("inbound", "outbound", null),
  from: fc.constantFrom("447700900123", "Unknown", null),
  to: fc.constantFrom("14155550100", " 14155550100", null),
  detail: fc.constantFrom(null, "user", "timeout"),
});

export const terminal = status.map((webhook): StatusFact => ({
  ...webhook,
  status:
    TERMINAL_STATUSES[(webhook.timestamp?.length ?? 0) % TERMINAL_STATUSES.length] ?? "completed",
}));

export const transfer = fc.record<TransferFact>({
  type: fc.constant("transfer"),
  timestamp,
  from: conversation,
  to: conversation,
});

const moment = fc.integer({ min: -5, max: 60 }).map((s) => T0 + s * 1000);

/** What a conference decided of it belongs to the one admission of that moment: it never says two things of it. */
const admission = fc
  .record({
    type: fc.constant("admission" as const),
    at: moment,
    caller: fc.constantFrom("447700900123", "alice"),
    line: fc.constant("14155550100"),
    role: fc.constantFrom("guest" as const, "moderator" as const),
    origin: fc.constantFrom("CON-origin", null),
  })
  .map((said): AdmissionFact => {
    const second = said.at / 1000;
    return {
      ...said,
      greetingMs: second % 2 === 0 ? 0 : 4_200,
      checked: second % 5 !== 0,
      ...(second % 3 === 0 && { denied: "full" as const }),
      ...(second % 4 === 0 && { muted: true }),
      ...(second % 7 === 0 && { starts: true, ends: true }),
    };
  });

/** What the carrier confirmed that was asked of it. */
const control: fc.Arbitrary<ControlFact> = fc
  .tuple(moment, fc.constantFrom("muted", "earmuffed"), fc.boolean())
  .map(([at, what, on]) => ({ type: "control", at, [what]: on }));

const lookUp: fc.Arbitrary<LookUpFact> = fc.record({
  type: fc.constant("look-up"),
  at: moment,
  status: fc.constantFrom("answered", "ringing", "completed", "failed"),
});

const other = fc.record({
  type: fc.constant("other" as const),
  kind: fc.constantFrom("rtc", "unknown", "input"),
  timestamp,
  digest: fc.constantFrom("a", "b", "c", "d", "e", "f"),
});

export const webhook: fc.Arbitrary<Fact> = fc.oneof(
  { weight: 4, arbitrary: status },
  { weight: 4, arbitrary: transfer },
  { weight: 2, arbitrary: admission },
  { weight: 1, arbitrary: other },
  { weight: 2, arbitrary: control },
  { weight: 2, arbitrary: lookUp },
  { weight: 1, arbitrary: fc.constant<Fact>({ type: "release", at: T0 + 90_000 }) },
);

/** A call as it goes: let in, answered, moved in, perhaps out and back, ended; some of it lost. */
export const wholeCall: fc.Arbitrary<Fact[]> = fc
  .record({
    start: fc.integer({ min: 0, max: 300 }),
    moves: fc.constantFrom(0, 1, 2, 3),
    ending: fc.constantFrom(...TERMINAL_STATUSES, null),
    lost: fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }),
  })
  .map(({ start, moves, ending, lost }) => {
    const at = (seconds: number): string => new Date(T0 + (start + seconds) * 1000).toISOString();
    const report = (name: StatusFact["status"], seconds: number): StatusFact => ({
      type: "status",
      status: name,
      timestamp: at(seconds),
      direction: "inbound",
      from: "447700900123",
      to: "14155550100",
      detail: null,
    });
    const path = ["CON-origin", "CON-room", "CON-other", "CON-room"].slice(0, moves + 1);
    const all: Fact[] = [
      {
        type: "admission",
        // At no moment of the noise: the same admission never says two things of what was decided.
        at: T0 + start * 1000 + 1,
        caller: "447700900123",
        line: "14155550100",
        role: "guest",
        origin: "CON-origin",
        greetingMs: 4_200,
        checked: true,
      },
      report("started", 0),
      report("ringing", 0),
      report("answered", 1),
      ...path.slice(1).map((to, index): Fact => ({
        type: "transfer",
        timestamp: at(5 + index * 10),
        from: path[index] ?? "",
        to,
      })),
      ...(ending === null ? [] : [report(ending, 60)]),
    ];
    return all.filter((_, index) => lost[index] !== true || index === 0);
  });

export const trace: fc.Arbitrary<Fact[]> = fc.oneof(
  { weight: 2, arbitrary: wholeCall },
  { weight: 1, arbitrary: fc.array(webhook, { maxLength: 12 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(wholeCall, fc.array(webhook, { maxLength: 4 }))
      .map(([call, noise]) => [...call, ...noise]),
  },
);

/** Any order of a trace, with any of it repeated. */
export function anyDelivery<T>(sent: readonly T[]): fc.Arbitrary<T[]> {
  const extra =
    sent.length === 0 ? fc.constant([]) : fc.array(fc.constantFrom(...sent), { maxLength: 8 });
  return extra.chain((again) =>
    fc.shuffledSubarray([...sent, ...again], { minLength: sent.length + again.length }),
  );
}
