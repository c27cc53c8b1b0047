/** The `connect` action: somebody else is called, and the two legs share a conversation until one of them goes. */
import type { Carrier } from "../carrier/carrier.ts";
import type { Leg } from "../carrier/leg.ts";
import type { ConnectAction } from "./ncco.ts";
import { aborted } from "../chaos/webhook-queue.ts";
import { addressOf } from "../carrier/platform.ts";

/** The platform's limits, where the action names none. */
const RING_SECONDS = 60;
const LONGEST_CALL_SECONDS = 7200;

/** Where an endpoint's number or name stands, by its type. */
const ADDRESS_FIELDS = ["number", "user", "uri", "extension"];

/** Calls the endpoint and resolves when the two legs are done with each other, or when `flow` is aborted. */
export async function connect(
  carrier: Carrier,
  leg: Leg,
  action: ConnectAction,
  flow: AbortSignal,
): Promise<void> {
  const [endpoint] = action.endpoint;
  const events = addressOf(action);
  const address = ADDRESS_FIELDS.map((field) => endpoint[field]).find(
    (value) => typeof value === "string",
  );
  const over = new AbortController();
  const other = carrier.call(
    {
      caller: address ?? "unknown",
      line: action.from ?? leg.line,
      origin: leg.conversation,
      ...(events === undefined ? {} : { events }),
    },
    {
      // It plays nothing of its own, and lasts as long as the two talk.
      fetchNcco: () => aborted(over.signal),
      ringAtMostMs: (action.timeout ?? RING_SECONDS) * 1000,
      lastAtMostMs: (action.limit ?? LONGEST_CALL_SECONDS) * 1000,
    },
  );
  await aborted(AbortSignal.any([flow, other.ended]));
  other.hangUp("platform");
  over.abort();
}
