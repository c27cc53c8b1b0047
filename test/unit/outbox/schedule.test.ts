import { describe, expect, it } from "vitest";
import type { JobState } from "../../../src/contract/batch-view.ts";
import { jobId, type Command, type Job } from "../../../src/outbox/job.ts";
import { afterSend, afterThrottling, newRateLimit } from "../../../src/outbox/rate-limit.ts";
import { inOrder, nextAction, queued, type Queued } from "../../../src/outbox/schedule.ts";
import { requestOf } from "../../../src/outbox/request.ts";

const NOW = 1_000_000;
const LONGEST_MS = 21_600_000;

let seq = 0;
function one(
  command: Partial<Command> & Pick<Command, "kind">,
  state: JobState = "waiting",
): Queued {
  seq += 1;
  const fields = {
    conference: "standup",
    leg: `leg-${seq}`,
    dial: `dial-${seq}`,
    to: "447700900000",
    from: "14155550100",
    regionUrl: null,
    ncco: [],
    eventUrl: "https://example.com/",
    hangUpOnMachine: false,
    text: "Hello",
    url: "https://example.com/a.mp3",
    ...command,
  };
  const given = fields as Command;
  const job: Job = {
    id: jobId(given, "1-0", seq),
    batch: "1-0",
    seq,
    createdAt: NOW,
    command: given,
    state,
    sentAt: null,
    detail: null,
    status: null,
    leg: null,
  };
  return queued(job);
}

const busy = (of: Queued): Queued => ({ ...of, underWay: true });
const step = (queue: Queued[], limit = newRateLimit(null)) =>
  nextAction(inOrder(queue), limit, NOW);

describe("the next step", () => {
  it("is nothing without work, and to wait for what is under way", () => {
    expect(step([])).toBeNull();
    expect(step([busy(one({ kind: "mute" }))])).toEqual({ kind: "wait", until: null });
  });

  it("is the first job of the first rank", () => {
    const queue = (["look-up", "dial", "stream", "talk", "hangup"] as const).map((kind) =>
      one({ kind }),
    );
    const kinds = inOrder(queue).map(({ job }) => job.command.kind);
    expect(kinds).toEqual(["hangup", "stream", "talk", "dial", "look-up"]);
    expect(step(queue)).toEqual({ kind: "send", queued: queue[4] });
  });

  it("leaves one place more for a moderator's hand than for all else", () => {
    const four = Array.from({ length: 4 }, () => busy(one({ kind: "talk" })));
    expect(step([...four, one({ kind: "talk" })])).toEqual({ kind: "wait", until: null });
    const hand = one({ kind: "mute" });
    expect(step([...four, hand])).toEqual({ kind: "send", queued: hand });
    expect(step([...four, busy(one({ kind: "mute" })), hand])?.kind).toBe("wait");
  });

  it("keeps what is about one matter of one leg in its order", () => {
    const [mute, unmute, earmuff] = (["mute", "unmute", "earmuff"] as const).map((kind) =>
      one({ kind, leg: "leg" }),
    );
    if (!mute || !unmute || !earmuff) throw new Error("three are needed");
    expect(step([busy(mute), unmute])).toEqual({ kind: "wait", until: null });
    expect(step([{ ...mute, dueAt: NOW + 5 }, unmute])).toEqual({ kind: "wait", until: NOW + 5 });
    expect(step([busy(mute), unmute, earmuff])).toEqual({ kind: "send", queued: earmuff });
  });

  it("is another class's where one is full or paused; a call in doubt counts as no new one", () => {
    const call = one({ kind: "dial" });
    const lookUp = one({ kind: "look-up" });
    const doubtful = one({ kind: "dial" }, "sending");
    const full = [1, 2, 3].reduce((limit) => afterSend(limit, "create", NOW), newRateLimit(null));
    for (const limit of [full, afterThrottling(newRateLimit(null), "create", NOW)]) {
      expect(step([call, lookUp], limit)).toEqual({ kind: "send", queued: lookUp });
      expect(step([call, doubtful], limit)).toEqual({ kind: "send", queued: doubtful });
    }
    expect(step([call], full)).toEqual({ kind: "wait", until: NOW + 1_100 });
  });
});

describe("a job's request", () => {
  const base = { apiUrl: null, region: null };

  it.each([".", ".."])("is none for the leg %j", (leg) => {
    expect(requestOf(one({ kind: "hangup", leg }), base, LONGEST_MS).ok).toBe(false);
  });

  it.each([
    ["talk", "waiting", "PUT"],
    ["talk", "sending", "GET"],
    ["stream", "sending", "GET"],
    ["dial", "waiting", "POST"],
    ["dial", "sending", "GET"],
    ["mute", "sending", "PUT"],
    ["look-up", "sending", "GET"],
  ] as const)("of a %s that is %s is a %s", (kind, state, method) => {
    expect(requestOf(one({ kind }, state), base, LONGEST_MS)).toMatchObject({
      ok: true,
      value: { method },
    });
  });
});
