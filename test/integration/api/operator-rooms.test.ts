/** What an operator does with a whole room, and how orders are read. */
import { reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { BatchView } from "../../../src/contract/batch-view.ts";
import { ENDED } from "../../unit/simulator/rest/fake-control.ts";
import { api, view } from "../support/bridge.ts";
import { answer, call, play } from "../support/call.ts";
import { asked, startCarrier, type TestCarrier } from "../support/carrier.ts";
import { join, order } from "../support/api/operator.ts";

const GUESTS = "14155550100";
const HOSTS = "14155550101";
const ROOM = "/conferences/standup";

let carrier: TestCarrier;

beforeEach(async () => {
  carrier = startCarrier(["ada", "ben", "cleo", "dan"]);
  await env.LINES.put(GUESTS, "standup");
  await env.LINES.put(HOSTS, '{ "conference": "standup", "endOnExit": true }');
});

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await reset();
});

/** Two guests and a moderator in the room, and one more who listens to the greeting. */
async function fill(): Promise<void> {
  await join(GUESTS, "ada", "447700900111");
  await join(HOSTS, "ben", "447700900222");
  await join(GUESTS, "cleo", "447700900333");
  await play(call({ line: GUESTS, leg: "dan" }), ["answer", "answered"]);
}

describe("the room", () => {
  it("hears an announcement: everybody who is in, moderators too", async () => {
    await fill();
    const announcement = { text: "We end in <five> minutes.", language: "en-GB", style: 1 };
    expect(await order<BatchView>(`${ROOM}/announce`, announcement)).toMatchObject({
      status: 200,
      body: { total: 3, pending: 0, jobs: [{ kind: "talk", leg: "ada", state: "done" }, {}, {}] },
    });
    expect(carrier.control.deeds).toEqual(
      ["ada", "ben", "cleo"].map((leg) => [
        "talk",
        leg,
        { text: "We end in five minutes.", language: "en-GB" },
      ]),
    );
    expect(JSON.parse(carrier.api.seen[0]?.body ?? "")).toMatchObject({ style: 1 });
  });

  it("hears SSML as it is", async () => {
    await join(GUESTS, "ada");
    const text = "<speak>Five <break time='1s'/> minutes.</speak>";
    expect((await order(`${ROOM}/announce`, { text })).status).toBe(200);
    expect(carrier.control.deeds).toEqual([["talk", "ada", { text }]]);
  });

  it("hears a language however it is typed, by the carrier's own tag", async () => {
    await join(GUESTS, "ada");
    for (const language of ["de", "EN-gb"]) {
      expect((await order(`${ROOM}/announce`, { text: "Hallo", language })).status).toBe(200);
    }
    expect(carrier.control.deeds).toEqual([
      ["talk", "ada", { text: "Hallo", language: "de-DE" }],
      ["talk", "ada", { text: "Hallo", language: "en-GB" }],
    ]);
  });

  it.each([
    ["announce", { text: "Hallo", language: "xx-YY" }, ["language: is none that"]],
    ["announce", { text: "Hallo", language: "de-CH" }, ["language: is none that"]],
    ["announce", { text: "<speak>Tea & biscuits</speak>" }, ["text: is no well-formed SSML"]],
    [
      "announce",
      { text: "<speak>Tea", language: "xx" },
      ["text: is no well-formed SSML", "language: is none that"],
    ],
    ["participants", { to: ["447700900123"], language: "de-CH" }, ["language: is none that"]],
  ])("hears nothing that no voice can say: %s of %j", async (path, body, errors) => {
    await join(GUESTS, "ada");
    expect(await order(`${ROOM}/${path}`, body)).toMatchObject({
      status: 422,
      type: "application/problem+json",
      body: { errors: errors.map((error) => expect.stringContaining(error)) },
    });
    expect(asked(carrier)).toEqual([]);
  });

  it("hears an audio file", async () => {
    await fill();
    const url = "https://example.com/gong.mp3";
    expect(await order<BatchView>(`${ROOM}/play`, { url })).toMatchObject({
      status: 200,
      body: { total: 3, pending: 0 },
    });
    expect(carrier.control.deeds).toContainEqual(["stream", "cleo", { url }]);
  });

  it("that is empty has nobody to hear anything", async () => {
    expect(await order<BatchView>(`${ROOM}/announce`, { text: "Hello?" })).toMatchObject({
      status: 200,
      body: { total: 0, pending: 0, jobs: [] },
    });
  });

  it("ends: everybody is hung up on, whoever they are and wherever they stand", async () => {
    await fill();
    expect(await order<BatchView>(`${ROOM}/end`)).toMatchObject({
      status: 200,
      body: { total: 4, pending: 0 },
    });
    expect(asked(carrier)).toEqual(["hangup", "hangup", "hangup", "hangup"]);
  });

  it("is compared with what the carrier knows: who has gone without a word is gone then", async () => {
    await fill();
    Object.assign(carrier.control.get("cleo") ?? {}, ENDED);
    expect(await order<BatchView>(`${ROOM}/reconcile`)).toMatchObject({
      status: 200,
      body: {
        total: 4,
        pending: 0,
        jobs: expect.arrayContaining([
          expect.objectContaining({ kind: "look-up", leg: "cleo", status: "completed" }),
        ]),
      },
    });
    const { count, participants } = await view("standup");
    expect(count).toBe(2);
    expect(participants.map(({ leg }) => leg).toSorted()).toEqual(["ada", "ben", "dan"]);
  });
});

describe("a locked room", () => {
  it("takes no new guest, but a moderator, until it is unlocked", async () => {
    await fill();
    expect(await order<object>(`${ROOM}/lock`)).toMatchObject({
      status: 200,
      body: { locked: true },
    });
    expect(await api(ROOM)).toMatchObject({ body: { locked: true } });
    expect(await answer(call({ line: GUESTS }))).toHaveLength(1);
    expect(await answer(call({ line: HOSTS }))).toHaveLength(2);
    expect(await order<object>(`${ROOM}/unlock`)).toMatchObject({
      status: 200,
      body: { locked: false },
    });
    expect(await answer(call({ line: GUESTS }))).toHaveLength(2);
  });

  it("needs no credentials and asks nothing of the carrier", async () => {
    Object.assign(env, { VONAGE_APPLICATION_ID: "", VONAGE_PRIVATE_KEY: "" });
    for (const route of ["lock", "unlock"]) {
      expect((await order(`${ROOM}/${route}`)).status).toBe(200);
    }
    expect(carrier.api.seen).toEqual([]);
  });
});

describe("an order", () => {
  const MUTE = `${ROOM}/participants/ada/mute`;
  const cases: [string, string, unknown, string[]][] = [
    ["an unknown key", MUTE, { ban: true }, ["ban: is not a key; nothing can be set here"]],
    [
      "a ban in words",
      `${ROOM}/participants/ada/hangup`,
      { ban: "yes" },
      ["ban: must be true or false, without quotes"],
    ],
    ["no text", `${ROOM}/announce`, undefined, ["text: is missing"]],
    [
      "an empty text",
      `${ROOM}/announce`,
      { text: "<speak> </speak>" },
      ["text: must be text of 1 to 1500 characters"],
    ],
    [
      "a long text",
      `${ROOM}/announce`,
      { text: "a".repeat(1_501) },
      ["text: must be text of 1 to 1500 characters"],
    ],
    [
      "many mistakes",
      `${ROOM}/announce`,
      { text: 5, language: "English", style: -1, premium: 1, loop: 2 },
      [
        "text: must be text of 1 to 1500 characters",
        "language: must be a language tag such as en-GB",
        "style: must be a whole number from 0 on",
        "premium: must be true or false, without quotes",
        "loop: is not a key; known are text, language, style, premium",
      ],
    ],
    [
      "a file of the machine's",
      `${ROOM}/play`,
      { url: "file:///etc/passwd" },
      ["url: must be an https:// or http:// address"],
    ],
    [
      "no address",
      `${ROOM}/play`,
      { url: "gong.mp3" },
      ["url: must be an https:// or http:// address"],
    ],
  ];

  it.each(cases)("with %s is refused with every mistake named", async (_, path, body, errors) => {
    await join(GUESTS, "ada");
    const answered = await order(path, body);
    expect(answered).toMatchObject({
      status: 400,
      type: "application/problem+json",
      body: { title: "Bad Request", errors },
    });
    for (const error of errors) expect(answered.body.detail).toContain(error);
    expect(asked(carrier)).toEqual([]);
  });

  it.each([
    ["is no JSON", "{ban", {}, 400, "not JSON"],
    ["is a list", "[]", {}, 400, "not a JSON object"],
    [
      "is a form",
      "ban=true",
      { "content-type": "application/x-www-form-urlencoded" },
      415,
      "application/json",
    ],
    ["is too large", `{"text":"${"a".repeat(65_536)}"}`, {}, 413, "64 KiB"],
  ])("whose body %s is refused", async (_, body, headers, status, words) => {
    await join(GUESTS, "ada");
    expect(await order(MUTE, body, headers)).toMatchObject({
      status,
      body: { status, detail: expect.stringContaining(words) },
    });
    expect(asked(carrier)).toEqual([]);
  });

  it("to what is no conference's name is refused", async () => {
    for (const name of ["a%20b", "x".repeat(101), "b%2fc"]) {
      expect((await order(`/conferences/${name}/lock`)).status).toBe(400);
    }
  });
});

describe("a batch", () => {
  it("can be read again", async () => {
    await join(GUESTS, "ada");
    const { body } = await order<BatchView>(`${ROOM}/announce`, { text: "Hello" });
    expect(await api(`/outbox/${body.batch}`)).toEqual({ status: 200, body });
  });

  it.each(["nothing", "20000-00000000000000000000000000000000", "%00"])(
    "that is none is not found: %s",
    async (batch) => {
      expect(await api(`/outbox/${batch}`)).toMatchObject({ status: 404, body: { status: 404 } });
    },
  );
});
