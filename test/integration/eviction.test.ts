/**
 * The order-free count through the real Durable Objects and their SQLite, with an eviction between every two
 * webhooks. It does not show crashes in the middle of a write; the e2e durability test does that.
 */
import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { shardOf } from "../../src/switchboard/shard.ts";
import { anyDelivery } from "../support/traces.ts";
import {
  event,
  journal,
  send,
  signedPost,
  view,
  type Payload,
  type View,
} from "./support/bridge.ts";
import { call, type Call } from "./support/call.ts";

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

async function deliver(
  webhooks: readonly Sent[],
  conference: string,
  leg: string,
  evict: boolean,
): Promise<void> {
  for (const { to, payload } of webhooks) {
    const response =
      to === "event" ? await event(payload) : await send(signedPost("/webhooks/answer", payload));
    expect(response.status).toBe(to === "event" ? 204 : 200);
    if (!evict) continue;
    await evictDurableObject(env.SWITCHBOARD.getByName(shardOf(leg)));
    // Before the answer webhook no Conference has heard of the leg, and what is not running cannot be evicted.
    await evictDurableObject(env.CONFERENCE.getByName(conference)).catch(() => undefined);
  }
}

function shown(of: View): unknown {
  const { count, confirmed, arriving, split, participants } = of;
  // Admissions are made by our clock, which has gone on between the two.
  return {
    count,
    confirmed,
    arriving,
    split,
    participants: participants.map(
      ({ phase, joinedAt, answeredAt, leftAt, reason, caller, line }) => ({
        phase,
        joinedAt,
        answeredAt,
        leftAt,
        reason,
        caller,
        line,
      }),
    ),
  };
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
        const after = await view(conference, "?gone=true");
        results.push({
          ...(shown(after) as object),
          participants: (
            shown({
              ...after,
              participants: after.participants.map((one) => ({ ...one, line: "any" })),
            }) as View
          ).participants,
        });
        const entries = await journal(conference);
        expect(entries.filter(({ kind }) => kind !== "admission").length).toBe(sent.length - 1);
      }
      expect(results[1]).toEqual(results[0]);
    },
  );
  await fc.assert(property, { numRuns: 60 });
});
