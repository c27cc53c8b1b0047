/** No caller is dropped by us: every failure on the way of the answer webhook, injected at the platform's edge. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Conference } from "../../../src/index.ts";
import { shardOf } from "../../../src/switchboard/shard.ts";
import { journal, sendWith, signedPost, view } from "../support/bridge.ts";
import { answer, call, play, type Call } from "../support/call.ts";
import {
  brokenSwitchboard,
  elapse,
  faultyLines,
  faultySwitchboard,
  stopTime,
} from "../support/faults.ts";

const DEADLINE_MS = 3_000;
let line = 14155551000;
let conference = "";

beforeEach(async () => {
  line += 1;
  conference = `faults-${line}`;
  await env.LINES.put(String(line), conference);
  stopTime();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Asks for an NCCO with these bindings; it must come inside the deadline. */
async function ask(
  bindings: Partial<Env>,
  of: Call,
): Promise<{ ncco: unknown; settle: () => Promise<void> }> {
  const asked = sendWith(bindings, signedPost("/webhooks/answer", of.answer));
  const { value } = await elapse(asked, DEADLINE_MS);
  expect(value.response.status).toBe(200);
  const settle = async (): Promise<void> => void (await elapse(value.settled(), 60_000));
  return { ncco: await value.response.json(), settle };
}

function letIn(): unknown {
  return [
    expect.objectContaining({ action: "talk" }),
    { action: "conversation", name: conference },
  ];
}

const apology = [{ action: "talk", text: expect.stringContaining("sorry") as unknown }];

async function ringSwitchboard(of: Call, later: number): Promise<void> {
  vi.setSystemTime(Date.now() + later);
  await runDurableObjectAlarm(env.SWITCHBOARD.getByName(shardOf(of.identity.id)));
}

/** The rest of the call, and then one participant, admitted once. */
async function expectCountedOnce(
  of: Call,
  admission: "checked" | "unchecked" | "unadmitted",
): Promise<void> {
  await play(of, ["answered", "transfer"]);
  const { count, participants } = await view(conference);
  const ours = participants.filter(({ leg }) => leg === of.identity.id);
  expect(ours).toMatchObject([{ phase: "in", joinConfirmed: true, admission }]);
  expect(participants.filter(({ phase }) => phase === "in")).toHaveLength(count);
  const entries = (await journal(conference)).filter(({ leg }) => leg === of.identity.id);
  expect(entries.filter(({ kind }) => kind === "admission")).toHaveLength(
    admission === "unadmitted" ? 0 : 1,
  );
}

const FAULTS = ["throws", "hangs"] as const;

it.each(FAULTS)("lets the caller in when one read of KV %s", async (fault) => {
  const of = call({ line: String(line) });
  const { ncco } = await ask({ LINES: faultyLines(fault, 1) }, of);
  expect(ncco).toEqual(letIn());
  await expectCountedOnce(of, "checked");
});

it.each(FAULTS)("lets the caller in by the last good copy when KV %s for good", async (fault) => {
  await answer(call({ line: String(line) }));
  const of = call({ line: String(line) });
  const { ncco } = await ask({ LINES: faultyLines(fault) }, of);
  expect(ncco).toEqual(letIn());
  await expectCountedOnce(of, "checked");
});

it.each(FAULTS)("apologises when KV %s and the number was never seen", async (fault) => {
  const of = call({ line: `${line}0` });
  const { ncco, settle } = await ask({ LINES: faultyLines(fault) }, of);
  expect(ncco).toEqual(apology);
  await settle();
});

it.each(FAULTS)(
  "lets the caller in when the switchboard %s once, and admits them behind the reply",
  async (fault) => {
    const of = call({ line: String(line) });
    const { ncco, settle } = await ask({ SWITCHBOARD: brokenSwitchboard(fault, 1) }, of);
    expect(ncco).toEqual(letIn());
    await settle();
    await expectCountedOnce(of, "unchecked");
  },
);

it("lets the caller in when no admission ever succeeds, and counts them by their line", async () => {
  const of = call({ line: String(line) });
  const { ncco, settle } = await ask({ SWITCHBOARD: brokenSwitchboard("throws") }, of);
  expect(ncco).toEqual(letIn());
  await settle();
  await play(of, ["started", "answered", "transfer"]);
  expect(await view(conference)).toMatchObject({ count: 0, participants: [] });
  await ringSwitchboard(of, 31_000);
  await expectCountedOnce(of, "unadmitted");
});

it("lets the caller in when the admission comes late, and accepts it as unchecked", async () => {
  const of = call({ line: String(line) });
  const late = faultySwitchboard(async (admit) => {
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    return await admit();
  });
  const { ncco, settle } = await ask({ SWITCHBOARD: late }, of);
  expect(ncco).toEqual(letIn());
  await settle();
  await expectCountedOnce(of, "unchecked");
});

it("lets the caller in when the conference throws, and delivers the admission later", async () => {
  const of = call({ line: String(line) });
  const broken = vi.spyOn(Conference.prototype, "admit").mockRejectedValue(new Error("unwell"));
  const { ncco } = await ask({}, of);
  expect(ncco).toEqual(letIn());
  broken.mockRestore();
  await ringSwitchboard(of, 5_000);
  await expectCountedOnce(of, "unchecked");
});

it("lets the caller in when the conference hangs, and delivers the admission later", async () => {
  // Timers of a Durable Object fire only in its own context, so here the real ones run: two seconds.
  vi.useRealTimers();
  const of = call({ line: String(line) });
  const broken = vi
    .spyOn(Conference.prototype, "admit")
    .mockReturnValue(new Promise(() => undefined));
  const { response, settled } = await sendWith({}, signedPost("/webhooks/answer", of.answer));
  expect(await response.json()).toEqual(letIn());
  await settled();
  broken.mockRestore();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  await ringSwitchboard(of, 5_000);
  await expectCountedOnce(of, "unchecked");
});

it("keeps the deadline when everything hangs at once", async () => {
  await answer(call({ line: String(line) }));
  const of = call({ line: String(line) });
  const bindings = { LINES: faultyLines("hangs"), SWITCHBOARD: brokenSwitchboard("hangs", 1) };
  const { ncco, settle } = await ask(bindings, of);
  expect(ncco).toEqual(letIn());
  await settle();
  await expectCountedOnce(of, "unchecked");
});

it("gives the same leg the same NCCO twice, also when the line has moved in between", async () => {
  const of = call({ line: String(line) });
  await env.LINES.put(
    String(line),
    JSON.stringify({ conference, greeting: "Hello", endOnExit: true }),
  );
  const first = await answer(of);
  await env.LINES.put(String(line), "somewhere-else");
  expect(await answer(of)).toEqual(first);
  await expectCountedOnce(of, "checked");
  expect((await view("somewhere-else")).participants).toEqual([]);
});

it.each<[string, () => Promise<Partial<Env>>]>([
  ["is gone", async () => (await env.LINES.delete(String(line)), {})],
  ["was mistyped", async () => (await env.LINES.put(String(line), "{ oops"), {})],
  ["cannot be read", async () => ({ LINES: faultyLines("throws") })],
])("gives a leg that was let in the same NCCO again when its line %s", async (_, spoil) => {
  const of = call({ line: String(line) });
  const first = await answer(of);
  const { ncco } = await ask(await spoil(), of);
  expect(ncco).toEqual(first);
  await expectCountedOnce(of, "checked");
});

it("does not bring a deleted line back when KV fails later", async () => {
  await answer(call({ line: String(line) }));
  await env.LINES.delete(String(line));
  await answer(call({ line: String(line) }));
  const { ncco, settle } = await ask(
    { LINES: faultyLines("throws") },
    call({ line: String(line) }),
  );
  expect(ncco).toEqual(apology);
  await settle();
});

it("records a refusal behind the reply when the switchboard fails at first, so that the leg is never guessed", async () => {
  const of = call({ line: `${line}1` });
  const { ncco, settle } = await ask({ SWITCHBOARD: brokenSwitchboard("throws", 1) }, of);
  expect(ncco).not.toEqual(letIn());
  await settle();
  await env.LINES.put(`${line}1`, conference);
  await play(of, ["started", "answered", "transfer"]);
  await ringSwitchboard(of, 31_000);
  expect(await view(conference)).toMatchObject({ count: 0, participants: [] });
});
