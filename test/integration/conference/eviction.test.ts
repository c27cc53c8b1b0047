/**
 * The order-free count through the real Durable Objects and their SQLite, with an eviction between every two
 * webhooks. It does not show crashes in the middle of a write; the e2e durability test does that.
 */
import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { expect, it, vi } from "vitest";
import { addFact } from "../../../src/conference/state/leg/leg-set.ts";
import { participant } from "../../../src/conference/state/leg/participant.ts";
import { participantView } from "../../../src/conference/state/view.ts";
import type { Fact } from "../../../src/conference/state/leg/fact.ts";
import { shardOf } from "../../../src/switchboard/shard.ts";
import { anyDelivery, T0, trace } from "../../support/traces.ts";
import {
  journal,
  send,
  sendWith,
  signedPost,
  view,
  type Payload,
  type View,
} from "../support/bridge.ts";
import { call, type Call } from "../support/call.ts";

type Sent = { to: "answer" | "event"; payload: Payload };

/** What the carrier says of one call, some of it lost, but never the answer webhook, without which there is no call. */
const lossy = fc.record({
  ended: fc.boolean(),
  movedOut: fc.boolean(),
  lost: fc.subarray(["started", "ringing", "answered"] as const),
});

function webhooksOf(
  of: Call,
  { ended, movedOut, lost }: { ended: boolean; movedOut: boolean; lost: string[] },
): Sent[] {
  const steps = (["started", "ringing", "answered", "transfer"] as const).filter(
    (step) => !lost.includes(step),
  );
  const out = {
    ...of.transfer,
    conversation_uuid_from: of.room,
    conversation_uuid_to: "CON-elsewhere",
  };
  return [
    { to: "answer", payload: of.answer },
    ...steps.map((step): Sent => ({ to: "event", payload: of[step] })),
    ...(movedOut
      ? [
          {
            to: "event" as const,
            payload: { ...out, timestamp: new Date(Date.now() + 9_000).toISOString() },
          },
        ]
      : []),
    ...(ended ? [{ to: "event" as const, payload: of.completed }] : []),
  ];
}

/** With evictions, every second webhook comes to an isolate of the Worker that knows nothing of the leg. */
async function deliver(
  webhooks: readonly Sent[],
  conference: string,
  leg: string,
  evict: boolean,
): Promise<void> {
  for (const [index, { to, payload }] of webhooks.entries()) {
    const request = signedPost(`/webhooks/${to}`, payload);
    const response =
      evict && index % 2 === 1 ? (await sendWith({}, request)).response : await send(request);
    expect(response.status).toBe(to === "event" ? 204 : 200);
    if (!evict) continue;
    // What has not been asked since its last eviction is not running, and cannot be evicted.
    await evictDurableObject(env.SWITCHBOARD.getByName(shardOf(leg))).catch(() => undefined);
    await evictDurableObject(env.CONFERENCE.getByName(conference)).catch(() => undefined);
  }
}

/** What two deliveries of the same webhooks must have in common; ids, lines and our own clock are each one's own. */
function comparable({ count, confirmed, arriving, split, participants }: View): unknown {
  const people = participants.map(({ phase, joinedAt, answeredAt, leftAt, reason, caller }) => [
    phase,
    joinedAt,
    answeredAt,
    leftAt,
    reason,
    caller,
  ]);
  return { count, confirmed, arriving, split, people };
}

it("shows the same for any order and repetition, with an eviction between every two webhooks", async () => {
  let run = 0;
  const property = fc.asyncProperty(
    lossy.chain((kind) => {
      const of = call({ line: "placeholder" });
      const sent = webhooksOf(of, kind);
      return fc.tuple(fc.constant(of), fc.constant(sent), anyDelivery(sent));
    }),
    async (generated) => {
      const [of, sent, delivered] = generated;
      run += 1;
      const results: unknown[] = [];
      for (const [way, webhooks] of [
        ["once", sent],
        ["shuffled", delivered],
      ] as const) {
        const conference = `evicted-${run}-${way}`;
        const [leg, line] = [
          `${of.identity.id}-${run}-${way}`,
          `1415${run}${way === "once" ? 1 : 2}`,
        ];
        await env.LINES.put(line, conference);
        const own = webhooks.map(({ to, payload }) => ({
          to,
          payload: { ...payload, uuid: leg, ...("to" in payload && { to: line }) },
        }));
        await deliver(own, conference, leg, way === "shuffled");
        results.push(comparable(await view(conference, "?gone=true")));
        const entries = await journal(conference);
        expect(entries.filter(({ kind }) => kind !== "admission").length).toBe(sent.length - 1);
      }
      expect(results[1]).toEqual(results[0]);
    },
  );
  await fc.assert(property, { numRuns: 40 });
});

it("shows what the pure function says of any trace, with an eviction between every two webhooks", async () => {
  let run = 0;
  const property = fc.asyncProperty(
    trace.chain((sent) => fc.tuple(fc.constant(sent), anyDelivery(sent))),
    fc.integer({ min: 0, max: 1_000 }),
    async ([sent, sequence], seconds) => {
      run += 1;
      const now = T0 + seconds * 1000;
      vi.useFakeTimers({ toFake: ["Date"], now });
      const stub = env.CONFERENCE.getByName(`trace-${run}`);
      for (const webhook of sequence) {
        await stub.record("leg", [
          {
            webhook: { ...webhook },
            kind: webhook.type,
            status: null,
            receivedAt: now,
            body: "{}",
          },
        ]);
        await evictDurableObject(stub);
      }
      const set = sent.reduce<readonly Fact[]>((all, one) => addFact(all, one).set, []);
      const expected = participantView("leg", participant(set, now, 6 * 3_600_000));
      const shown = sent.length === 0 ? expected : (await stub.participant("leg"))?.participant;
      expect(shown).toEqual(expected);
    },
  );
  await fc.assert(property, { numRuns: 60 }).finally(() => vi.useRealTimers());
});
