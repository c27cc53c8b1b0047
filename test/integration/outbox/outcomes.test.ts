/** The outcomes of single commands, and what their conference learns of them. */
import { reset, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Command } from "../../../src/outbox/job.ts";
import type { BatchView } from "../../../src/contract/batch-view.ts";
import { faultOnce } from "../../simulator/rest/fault.ts";
import { callRecord } from "../../unit/simulator/rest/fake-control.ts";
import {
  asked,
  dial,
  evict,
  finished,
  handOn,
  hanging,
  outbox,
  pass,
  ringAlarm,
  startCarrier,
  statuses,
  submit,
  talkTo,
} from "../support/carrier.ts";

const LEG = "63f61863-4a51-4f6b-86e1-46edebcf9356";

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  Object.assign(env, { VONAGE_API_URL: "", VONAGE_REGION: "" });
  await reset();
});

/** Submits one command, and returns its job once it has ended. */
async function outcome(command: Command): Promise<BatchView["jobs"][number] | undefined> {
  return (await finished(await submit([command]))).jobs[0];
}

/** The conference's journal. */
async function told(): Promise<unknown[]> {
  const page = await env.CONFERENCE.getByName("standup").events(0, 100);
  return (page?.entries ?? []).map(({ leg, kind, status, body }) => ({
    leg,
    kind,
    status,
    ...(JSON.parse(body) as object),
  }));
}

it.each([
  ["a call", dial("447700900100")],
  ["an announcement", talkTo("leg-0")],
])(
  "does not make %s twice where the question after a lost reply comes too often",
  async (_, command) => {
    const carrier = startCarrier(["leg-0"]);
    let requests = 0;
    carrier.api.faults = () => {
      requests += 1;
      if (requests === 1) return { kind: "lost", acted: true };
      return requests === 2 ? { kind: "error", acted: false, status: 429 } : null;
    };
    await finished(await submit([command]));
    expect(carrier.control.created.length + carrier.control.deeds.length).toBe(1);
  },
);

describe("a command", () => {
  it.each(["mute", "unmute", "earmuff", "unearmuff", "hangup"] as const)(
    "%s is done",
    async (kind) => {
      const carrier = startCarrier([LEG]);
      expect(await outcome(handOn(kind, LEG))).toEqual({
        kind,
        leg: LEG,
        dial: null,
        to: null,
        state: "done",
        detail: null,
        status: null,
      });
      expect(statuses(carrier)).toEqual([204]);
    },
  );

  it("to play a text or a file is done", async () => {
    const carrier = startCarrier([LEG]);
    const of = { conference: "standup", leg: LEG, regionUrl: null };
    const url = "https://example.com/a.mp3";
    await outcome({
      ...of,
      kind: "talk",
      text: "Hello",
      language: "en-GB",
      style: 1,
      premium: true,
    });
    await outcome({ ...of, kind: "stream", url });
    expect(carrier.control.deeds).toEqual([
      ["talk", LEG, { text: "Hello", language: "en-GB" }],
      ["stream", LEG, { url }],
    ]);
  });

  it("to call somebody is done, with the leg and what became of it", async () => {
    const carrier = startCarrier();
    const command = dial("447700900123", { ringSeconds: 20 });
    expect(await outcome(command)).toMatchObject({
      kind: "dial",
      to: "447700900123",
      leg: "outbound-1",
      state: "done",
      status: "started",
    });
    expect(carrier.control.created).toEqual([
      {
        to: { type: "phone", number: "447700900123" },
        from: "14155550100",
        answerUrl: {
          url: "https://bridge.example.com/webhooks/dialled/answer?dial=1",
          method: "POST",
        },
        eventUrl: {
          url: "https://bridge.example.com/webhooks/dialled/event?dial=1",
          method: "POST",
        },
        machineDetection: "hangup",
        ringingTimerSeconds: 20,
        lengthTimerSeconds: 21_600,
      },
    ]);
  });

  it("to a leg that the carrier does not know is for nobody, which may be a matter of regions", async () => {
    startCarrier();
    for (const command of [handOn("mute", LEG), talkTo(LEG), handOn("look-up", LEG)]) {
      const { state, detail } = (await outcome(command)) ?? {};
      expect(state).toBe("gone");
      expect(detail).toContain("another region");
    }
    expect(await told()).toEqual([]);
  });

  it("with a token that the carrier refuses is refused, in its words", async () => {
    const carrier = startCarrier([LEG], { applicationId: "another" });
    expect(await outcome(handOn("mute", LEG))).toMatchObject({
      state: "refused",
      detail: "the carrier answered 401: “Unauthorized”",
    });
    expect(statuses(carrier)).toEqual([401]);
  });

  it("that the carrier finds wrong is refused, in its words", async () => {
    startCarrier([LEG]);
    expect(await outcome(dial("1"))).toMatchObject({
      state: "refused",
      detail: "the carrier answered 400: “Bad Request: number must be 7 to 15 digits”",
    });
  });

  it("to hang up a call that was only just made is repeated until the carrier takes it", async () => {
    const carrier = startCarrier();
    const { leg } = (await outcome(dial("447700900123"))) ?? {};
    expect(await outcome(handOn("hangup", leg ?? ""))).toMatchObject({ state: "done" });
    expect(statuses(carrier)).toEqual([201, 400, 204]);
  });

  it.each([
    [{ VONAGE_PRIVATE_KEY: "" }, "not set: VONAGE_PRIVATE_KEY"],
    [{ VONAGE_APPLICATION_ID: "" }, "not set: VONAGE_APPLICATION_ID"],
    [
      {
        VONAGE_PRIVATE_KEY: "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----",
      },
      "VONAGE_PRIVATE_KEY is a PKCS#1 key; convert it with: openssl pkcs8 -topk8 -nocrypt -in private.key",
    ],
    [
      { VONAGE_PRIVATE_KEY: "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----" },
      "VONAGE_PRIVATE_KEY cannot be read",
    ],
  ])(
    "without usable credentials is refused and no request is made: %j",
    async (settings, detail) => {
      const carrier = startCarrier([LEG]);
      Object.assign(env, settings);
      expect(await outcome(handOn("mute", LEG))).toMatchObject({ state: "refused", detail });
      expect(carrier.origins).toEqual([]);
    },
  );
});

describe("a leg's own address", () => {
  it("is the one that is asked", async () => {
    const carrier = startCarrier([LEG]);
    await outcome(handOn("mute", LEG, "https://api-us-3.vonage.com"));
    await outcome(handOn("mute", LEG));
    expect(carrier.origins).toEqual(["https://api-us-3.vonage.com", "https://api.nexmo.com"]);
  });

  it("gets no request where it is not the carrier's, whatever else is set", async () => {
    const carrier = startCarrier([LEG]);
    for (const apiUrl of ["", "http://localhost:1"]) {
      Object.assign(env, { VONAGE_API_URL: apiUrl });
      const job = await outcome(handOn("hangup", LEG, "https://api.nexmo.com.evil.example"));
      expect(job).toMatchObject({ state: "refused" });
      expect(job?.detail).toContain("region_url");
    }
    expect(carrier.origins).toEqual([]);
  });

  it("gives way to VONAGE_API_URL; and calls are made in VONAGE_REGION", async () => {
    const carrier = startCarrier([LEG]);
    Object.assign(env, { VONAGE_REGION: "eu-west" });
    await outcome(dial("447700900123"));
    Object.assign(env, { VONAGE_API_URL: "http://localhost:8080/" });
    await outcome(handOn("mute", LEG, "https://api-us-3.vonage.com"));
    await outcome(dial("447700900124"));
    const local = "http://localhost:8080";
    expect(carrier.origins).toEqual(["https://api-eu-3.vonage.com", local, local]);
  });

  it("is not left by a redirect", async () => {
    startCarrier([LEG]);
    const elsewhere = { status: 302, headers: { location: "https://evil.example/" } };
    const ask = vi
      .spyOn(globalThis, "fetch")
      .mockImplementation(async () => await Promise.resolve(new Response(null, elsewhere)));
    expect(await outcome(handOn("mute", LEG))).toMatchObject({
      state: "refused",
      detail: "the carrier answered 302",
    });
    expect(ask).toHaveBeenCalledOnce();
    expect(ask.mock.calls[0]?.[1]).toMatchObject({ redirect: "manual" });
  });
});

describe("a leg's conference", () => {
  it("is told what the carrier confirmed", async () => {
    startCarrier([LEG]);
    for (const kind of ["mute", "earmuff", "unmute", "look-up"] as const) {
      await outcome(handOn(kind, LEG));
    }
    expect(await told()).toMatchObject([
      { leg: LEG, kind: "control", muted: true },
      { leg: LEG, kind: "control", earmuffed: true },
      { leg: LEG, kind: "control", muted: false },
      { leg: LEG, kind: "look-up", status: "answered" },
    ]);
  });

  it("is not told of what was only heard, nor of what was refused", async () => {
    startCarrier([LEG]);
    for (const command of [talkTo(LEG), handOn("mute", "another")]) await outcome(command);
    expect(await told()).toEqual([]);
  });

  it("is told by the alarm where it did not answer, also after an eviction", async () => {
    startCarrier([LEG]);
    const failing = await runInDurableObject(env.CONFERENCE.getByName("standup"), (instance) =>
      vi.spyOn(Object.getPrototypeOf(instance) as typeof instance, "record"),
    );
    failing.mockImplementation(() => {
      throw new Error("the conference is unwell");
    });
    expect(await outcome(handOn("mute", LEG))).toMatchObject({ state: "done" });
    await ringAlarm();
    await evict();
    expect(await told()).toEqual([]);
    failing.mockRestore();
    await ringAlarm();
    await ringAlarm();
    expect(await told()).toMatchObject([{ kind: "control", muted: true }]);
  });
});

describe("a webhook of a call that was made", () => {
  it("is as good as the reply that was lost", async () => {
    const carrier = startCarrier();
    carrier.api.faults = faultOnce({ kind: "lost", acted: true }, () => true);
    const batch = await submit([dial("447700900123", { dial: "a" })]);
    await pass(200);
    await outbox().dialled("a", "outbound-1", "ringing");
    expect((await finished(batch)).jobs).toMatchObject([
      { state: "done", leg: "outbound-1", status: "ringing" },
    ]);
    expect(asked(carrier)).toEqual(["create"]);
  });

  it("that comes before the reply is kept over an eviction", async () => {
    const carrier = startCarrier();
    carrier.api.faults = () => hanging(true);
    const batch = await submit([dial("447700900123", { dial: "a" })]);
    await pass(200);
    await outbox().dialled("a", "outbound-1", null);
    await evict();
    await ringAlarm();
    expect((await finished(batch)).jobs).toMatchObject([{ state: "done", leg: "outbound-1" }]);
    expect(asked(carrier)).toEqual(["create"]);
  });

  it("tells the call's last status, whatever their order", async () => {
    startCarrier();
    const batch = await submit([dial("447700900123", { dial: "a" })]);
    await finished(batch);
    for (const status of ["answered", "ringing", "completed", "answered"]) {
      await outbox().dialled("a", "outbound-1", status);
    }
    expect((await outbox().progress(batch))?.jobs).toMatchObject([{ status: "completed" }]);
    await expect(outbox().dialled("unknown", "outbound-1", "ringing")).resolves.toBeUndefined();
  });

  it("of another job is not taken for that of a lost reply", async () => {
    const carrier = startCarrier();
    await outcome(dial("447700900123"));
    carrier.api.faults = faultOnce({ kind: "lost", acted: false }, () => true);
    expect(await outcome(dial("447700900123"))).toMatchObject({ leg: "outbound-2" });
    expect(carrier.control.created).toHaveLength(2);
  });

  it("is found on a later page of the carrier's list", async () => {
    const carrier = startCarrier();
    carrier.api.faults = faultOnce({ kind: "lost", acted: true }, () => true);
    const batch = await submit([dial("447700900123")]);
    await pass(200);
    const other = { to: { type: "phone", number: "447700900999" } } as const;
    const crowd = Array.from({ length: 150 }, (_, n) => callRecord(`other-${n}`, other));
    const { control } = carrier;
    vi.spyOn(control, "list").mockReturnValue([...control.list(), ...crowd]);
    expect((await finished(batch)).jobs).toMatchObject([{ state: "done", leg: "outbound-1" }]);
    expect(asked(carrier)).toEqual(["create", "list", "list"]);
  });
});
