/** Applies deliveries to a leg: its new set and record, the new entries of the journal, and the outcome of each. Pure. */
import { admissionBody, type Delivery } from "./delivery.ts";
import type { JournalEntry } from "./journal-entry.ts";
import { addFact, type Outcome } from "./leg/leg-set.ts";
import { filed, type StoredLeg } from "./leg/stored-leg.ts";
import { participant, type Participant } from "./leg/participant.ts";
import { NO_RULES, unchecked, type Rules } from "./admission-policy.ts";
import { writtenTime, type AdmissionFact, type Fact } from "./leg/fact.ts";

export interface Received {
  leg: StoredLeg;
  /** The record of the leg's new set. */
  record: Participant;
  entries: JournalEntry[];
  outcomes: Outcome[];
}

/** Decides an admission that came in time. */
export type Decide = (admission: AdmissionFact, rules: Rules) => AdmissionFact;

export function receive(
  before: StoredLeg,
  deliveries: readonly Delivery[],
  now: number,
  maxCallMs: number,
  decide: Decide,
): Received {
  let { facts, duplicates } = before;
  const entries: JournalEntry[] = [];
  const outcomes: Outcome[] = [];
  for (const delivery of deliveries) {
    const { kind, status, receivedAt } = delivery;
    const fact = decided(delivery, now, decide);
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

/** The fact of a delivery, with the decision if it is an admission. One past its deadline is not checked. */
function decided(
  { webhook, deadline, rules = NO_RULES }: Delivery,
  now: number,
  decide: Decide,
): Fact {
  if (webhook.type !== "admission") return webhook;
  return deadline !== undefined && now > deadline
    ? unchecked(webhook, rules)
    : decide(webhook, rules);
}
