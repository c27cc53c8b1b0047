/** Acts on the carrier's legs as its REST side is asked to. */
import { GoneError } from "./call-control.ts";
import type { CallControl, CallRecord, CreateCall } from "./call-control.ts";
import type { Carrier } from "./carrier.ts";
import { STREAM_MS } from "../ncco/flow.ts";
import type { Leg } from "./leg.ts";
import { checkNcco } from "../ncco/ncco.ts";
import type { Action } from "../ncco/ncco.ts";
import type { Platform } from "./platform.ts";
import { talkMs } from "../ncco/speech.ts";
import { billing, transferPayload } from "../webhooks/wire.ts";

/** The control of a carrier's legs. */
export function createCallControl(carrier: Carrier): CallControl {
  const { platform } = carrier;
  const live = (uuid: string): Leg => {
    const leg = carrier.legs.get(uuid);
    if (leg === undefined || leg.ended.aborted) throw new GoneError(uuid);
    return leg;
  };
  const check = (leg: Leg, ncco: readonly unknown[]): readonly Action[] | null => {
    const result = checkNcco(ncco);
    if (result.ok) return result.actions;
    platform.complain(leg, result.problems.join("; "));
    return null;
  };

  return {
    list: () => Array.from(carrier.legs.values(), (leg) => callRecord(leg)),
    get(uuid) {
      const leg = carrier.legs.get(uuid);
      return leg === undefined ? null : callRecord(leg);
    },
    create(call) {
      const leg = carrier.call(
        {
          caller: call.to.number,
          line: call.from,
          ...(call.eventUrl === undefined ? {} : { events: call.eventUrl }),
        },
        {
          ...timers(call),
          detection: call.machineDetection ?? null,
          fetchNcco: async () => {
            if (call.ncco !== undefined) return check(leg, call.ncco);
            return await platform.fetchNcco(leg, call.answerUrl);
          },
        },
      );
      return callRecord(leg);
    },
    hangup: (uuid) => live(uuid).hangUp("platform"),
    mute(uuid, on) {
      live(uuid).muted = on;
    },
    earmuff(uuid, on) {
      live(uuid).earmuffed = on;
    },
    transfer(uuid, destination) {
      const leg = live(uuid);
      leg.redirect(async () => {
        platform.rooms.leave(leg, false);
        const from = leg.conversation;
        leg.conversation = leg.freshConversation();
        const payload = transferPayload(leg, from, leg.conversation, platform.now(leg));
        platform.emit(leg, "transfer", payload, {
          withheld: platform.silences.transfer === "never",
        });
        if ("ncco" in destination) return check(leg, destination.ncco);
        return await platform.fetchNcco(leg, { url: destination.url, method: "GET" });
      });
    },
    talk(uuid, { text, loop }) {
      void playTo(live(uuid), text, talkMs(text), loop, platform);
    },
    stream(uuid, { url, loop }) {
      void playTo(live(uuid), url, STREAM_MS, loop, platform);
    },
    stopTalk: (uuid) => silence(live(uuid)),
    stopStream: (uuid) => silence(live(uuid)),
    dtmf(uuid, digits) {
      live(uuid).tones += digits;
    },
  };
}

/** Plays something to a leg, on top of what it hears, that often; 0 means until it is stopped. */
async function playTo(
  leg: Leg,
  what: string,
  ms: number,
  loop: number | undefined,
  { clock }: Platform,
): Promise<void> {
  leg.playedTo = what;
  if (loop === 0) return;
  await clock.wait(ms * (loop ?? 1), leg.ended);
  if (leg.playedTo === what) silence(leg);
}

function silence(leg: Leg): void {
  leg.playedTo = null;
}

function timers({ ringingTimerSeconds, lengthTimerSeconds }: CreateCall) {
  return {
    ...(ringingTimerSeconds === undefined ? {} : { ringAtMostMs: ringingTimerSeconds * 1000 }),
    ...(lengthTimerSeconds === undefined ? {} : { lastAtMostMs: lengthTimerSeconds * 1000 }),
  };
}

function callRecord(leg: Leg): CallRecord {
  const { answeredAt, endedAt } = leg;
  const person = { type: "phone", number: leg.caller } as const;
  const line = { type: "phone", number: leg.line } as const;
  const isInbound = leg.direction === "inbound";
  return {
    uuid: leg.id,
    conversation_uuid: leg.conversation,
    to: isInbound ? line : person,
    from: isInbound ? person : line,
    status: leg.status,
    direction: leg.direction,
    ...(endedAt === null ? {} : { ...billing({ answeredAt, endedAt }), end_time: spaced(endedAt) }),
    ...(endedAt === null || answeredAt === null ? {} : { start_time: spaced(answeredAt) }),
    region: leg.region,
  };
}

/** `YYYY-MM-DD HH:MM:SS`. */
function spaced(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace("T", " ");
}
