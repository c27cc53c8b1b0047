/** What deliveries make of a leg: its new record, what the journal gets, and what became of each. Pure. */
import { admissionBody, type Delivery } from "./delivery.ts";
import type { JournalEntry } from "./journal-entry.ts";
import { addFact, type Outcome } from "./leg/leg-set.ts";
import { filed, type StoredLeg } from "./leg/stored-leg.ts";
import { participant, type Participant } from "./leg/participant.ts";
import { NO_RULES, unchecked, type Rules } from "./admission-policy.ts";
import { writtenTime, type AdmissionFact, type Fact } from "./leg/fact.ts";

export interface Received {
  leg: StoredLeg;
  /** What the leg's set says now. */
  record: Participant;
  entries: JournalEntry[];
  outcomes: Outcome[];
}

/** What the conference says of an admission that came in time. */
export type Judge = (admission: AdmissionFact, rules: Rules) => AdmissionFact;

export function receive(
  before: StoredLeg,
  deliveries: readonly Delivery[],
  now: number,
  maxCallMs: number,
  judge: Judge,
): Received {
  let { facts, duplicates } = before;
  const entries: JournalEntry[] = [];
  const outcomes: Outcome[] = [];
  for (const delivery of deliveries) {
    const { kind, status, receivedAt } = delivery;
    const fact = judged(delivery, now, judge);
    const { set, outcome } = addFact(facts, fact);
    outcomes.push(outcome);
    if (outcome === "duplicate") {
      duplicates += 1;
      continue;
    }
    facts = set;
    entries.push({
      leg: before.leg,
      kind,
      status,
      at: writtenTime(fact),
      receivedAt,
      outcome,
      body: fact.type === "admission" ? admissionBody(fact) : delivery.body,
    });
  }
  const record = participant(facts, now, maxCallMs);
  return {
    leg: filed({ ...before, facts, duplicates }, record, now),
    record,
    entries,
    outcomes,
  };
}

/** A webhook as it counts at the moment of its arrival: an admission past its deadline was not checked. */
function judged(
  { webhook, deadline, rules = NO_RULES }: Delivery,
  now: number,
  judge: Judge,
): Fact {
  if (webhook.type !== "admission") return webhook;
  return deadline !== undefined && now > deadline
    ? unchecked(webhook, rules)
    : judge(webhook, rules);
}
