/** Records the webhooks that the bridge acknowledged, and looks for them in the bridge's journal. */
import type { BridgeApi, JournalEntry } from "./bridge-api.ts";
import type { Webhook } from "../webhooks/delivery.ts";

/** Smaller than any journal worth checking, so that paging is checked as well. */
const PAGE_SIZE = 100;

export class AcknowledgedWebhooks {
  readonly #keys = new Set<string>();

  /** How many there are. */
  get size(): number {
    return this.#keys.size;
  }

  /** Remembers a webhook that the bridge answered with success. What names no leg belongs to no journal. */
  add(webhook: Webhook): void {
    if (webhook.leg !== "") this.#keys.add(webhookKey(webhook));
  }

  /**
   * Returns a function that reads new journal entries and returns which of the webhooks acknowledged so far are still
   * missing. Webhooks that are acknowledged later are not checked.
   */
  journalCheck(bridge: BridgeApi, conferences: readonly string[]): () => Promise<string[]> {
    const missing = new Set(this.#keys);
    const readUpTo = new Map<string, number>();
    return async () => {
      for (const conference of conferences) {
        const entries = await readJournal(bridge, conference, readUpTo.get(conference) ?? 0);
        for (const entry of entries) missing.delete(entryKey(entry));
        const last = entries.at(-1);
        if (last !== undefined) readUpTo.set(conference, last.seq);
      }
      return [...missing];
    };
  }
}

async function readJournal(
  bridge: BridgeApi,
  conference: string,
  after: number,
): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for (let from: number | null = after; from !== null;) {
    const page = await bridge.journalPage(conference, from, PAGE_SIZE);
    entries.push(...page.events);
    from = page.next;
  }
  return entries;
}

/** The identity of a webhook: the leg, what it says, and when it was made. */
function webhookKey({ leg, kind, name, payload }: Webhook): string {
  return kind === "event" ? `${leg} ${name} ${timestampOf(payload)}` : `${leg} admission`;
}

/** The same for a journal entry; an answer webhook is journalled as the admission that it led to. */
function entryKey({ leg, kind, status, body }: JournalEntry): string {
  return kind === "admission"
    ? `${leg} admission`
    : `${leg} ${status ?? kind} ${timestampOf(body)}`;
}

function timestampOf(body: unknown): string {
  return typeof body === "object" && body !== null && "timestamp" in body
    ? String(body.timestamp)
    : "";
}
