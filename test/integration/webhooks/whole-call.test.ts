import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { journal, view } from "../support/bridge.ts";
import { answer, call, play } from "../support/call.ts";

it("joins a caller of a plain line with exactly the documented NCCO", async () => {
  await env.LINES.put("14155550100", "standup");
  expect(await answer(call())).toEqual([
    { action: "talk", text: "Please wait while we connect you to the conference" },
    { action: "conversation", name: "standup" },
  ]);
});

it("counts a caller from the transfer to the end of the call", async () => {
  await env.LINES.put("14155550101", "whole-call");
  const one = call({ line: "14155550101" });
  await play(one, ["answer", "started", "ringing", "answered"]);
  expect(await view("whole-call")).toMatchObject({ count: 0, confirmed: 0, arriving: 1 });
  await play(one, ["transfer"]);
  expect(await view("whole-call")).toMatchObject({
    count: 1,
    confirmed: 1,
    arriving: 0,
    split: false,
  });
  await play(one, ["completed"]);
  expect(await view("whole-call")).toMatchObject({ count: 0, participants: [] });
  expect((await view("whole-call", "?gone=true")).participants).toMatchObject([
    { leg: one.identity.id, phase: "gone", reason: "completed (user)", joinConfirmed: true },
  ]);
  const entries = await journal("whole-call");
  expect(entries.map(({ seq, kind, status, outcome }) => [seq, kind, status, outcome])).toEqual([
    [1, "admission", null, "applied"],
    [2, "status", "started", "applied"],
    [3, "status", "ringing", "applied"],
    [4, "status", "answered", "applied"],
    [5, "transfer", null, "applied"],
    [6, "status", "completed", "applied"],
  ]);
});
