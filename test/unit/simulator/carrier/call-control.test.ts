import { afterEach, describe, expect, it } from "vitest";
import { GoneError } from "../../../simulator/carrier/call-control.ts";
import type { CallControl, CreateCall } from "../../../simulator/carrier/call-control.ts";
import type { Callee } from "../../../simulator/carrier/call.ts";
import { createCallControl } from "../../../simulator/carrier/leg-control.ts";
import { startApplication } from "../support/application.ts";
import type { Application } from "../support/application.ts";

const ROOM = { action: "conversation", name: "standup" };
const CALL = { caller: "447700900001", line: "14155550100", hangUpAfterMs: null };
const OUTBOUND: CreateCall = {
  to: { type: "phone", number: "447700900002" },
  from: "14155550100",
  ncco: [ROOM],
};

let application: Application | null = null;
afterEach(() => application?.close());

/** A carrier whose callers get into a room, with its control, and whose callees do as told. */
async function start(callee: Callee = "answers") {
  application = await startApplication(
    { "/webhooks/answer": { status: 200, body: [ROOM] } },
    { callee: () => callee },
  );
  const control: CallControl = createCallControl(application.carrier);
  return { ...application, control, application };
}

describe("an outbound call", () => {
  it.each<[Callee, Partial<CreateCall>, string, string[]]>([
    ["busy", {}, "busy", ["started", "ringing", "busy", "completed"]],
    [
      "no-answer",
      { ringingTimerSeconds: 5 },
      "timeout",
      ["started", "ringing", "timeout", "completed"],
    ],
    ["unreachable", {}, "failed", ["started", "ringing", "failed", "completed"]],
    // The only end that no `completed` follows.
    ["rejects", {}, "rejected", ["started", "ringing", "rejected"]],
    [
      "voicemail",
      { machineDetection: "hangup" },
      "completed",
      ["started", "ringing", "answered", "machine", "completed"],
    ],
  ])("to somebody who is %s ends so", async (callee, options, status, events) => {
    const { carrier, control, application: started } = await start(callee);
    const { uuid } = control.create({ ...OUTBOUND, ...options });
    await carrier.finished();
    expect(control.get(uuid)?.status).toBe(status);
    expect(new Set(started.eventNames())).toEqual(new Set(events));
  });

  it("that is answered plays its NCCO, and is on record as started before", async () => {
    const { carrier, control } = await start();
    const call = control.create({ ...OUTBOUND, machineDetection: "continue" });
    expect(call).toMatchObject({ status: "started", direction: "outbound", to: OUTBOUND.to });
    await expect.poll(() => carrier.truth.whereIs(call.uuid)).toBe("standup");
    control.hangup(call.uuid);
    await carrier.finished();
    expect(control.get(call.uuid)).toMatchObject({ status: "completed", rate: "0.00450000" });
  });

  it("fetches its NCCO, reports to its own URL, and lasts no longer than it may", async () => {
    const { carrier, control, url, received } = await start();
    control.create({
      to: OUTBOUND.to,
      from: OUTBOUND.from,
      answerUrl: { url: `${url}/webhooks/answer`, method: "POST" },
      eventUrl: { url: `${url}/own`, method: "POST" },
      lengthTimerSeconds: 3,
    });
    await carrier.finished();
    const paths = received.map(({ path }) => path);
    expect(paths).toContain("/webhooks/answer");
    expect(paths.filter((path) => path === "/own")).toHaveLength(5);
    expect(paths).not.toContain("/webhooks/event");
  });

  it("is cancelled where it is hung up before anybody answers", async () => {
    const { carrier, control } = await start();
    const { uuid } = control.create(OUTBOUND);
    control.hangup(uuid);
    await carrier.finished();
    expect(control.get(uuid)?.status).toBe("cancelled");
  });
});

describe("the control of a leg", () => {
  it("moves it out of its room to hear something, and back, with a transfer each", async () => {
    const { carrier, control, application: started } = await start();
    const leg = carrier.dial(CALL);
    await expect.poll(() => carrier.truth.whereIs(leg.id)).toBe("standup");
    control.transfer(leg.id, {
      ncco: [{ action: "talk", text: "From now on. ".repeat(50) }, ROOM],
    });
    await expect.poll(() => carrier.truth.whereIs(leg.id)).toBeNull();
    await expect.poll(() => carrier.truth.whereIs(leg.id)).toBe("standup");
    control.hangup(leg.id);
    await carrier.finished();
    expect(started.eventNames().filter((name) => name === "transfer")).toHaveLength(3);
    expect(leg.endedBy).toBe("platform");
  });

  it("mutes and earmuffs, and refuses what is gone or was never there", async () => {
    const { carrier, control } = await start();
    const leg = carrier.dial(CALL);
    control.mute(leg.id, true);
    control.earmuff(leg.id, true);
    expect([leg.muted, leg.earmuffed]).toEqual([true, true]);
    control.talk(leg.id, { text: "One moment.", loop: 0 });
    expect(leg.playedTo).toBe("One moment.");
    control.stopTalk(leg.id);
    control.stream(leg.id, { url: "https://example.com/a.mp3" });
    control.dtmf(leg.id, "17");
    expect([leg.playedTo, leg.tones]).toEqual(["https://example.com/a.mp3", "17"]);
    await expect.poll(() => leg.playedTo).toBeNull();
    leg.hangUp("user");
    await carrier.finished();
    expect(() => control.hangup(leg.id)).toThrow(GoneError);
    expect(() => control.talk("nobody", { text: "Hello?" })).toThrow(GoneError);
    expect(control.list().map(({ uuid }) => uuid)).toEqual([leg.id]);
  });
});
