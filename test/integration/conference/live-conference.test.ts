/** The live socket of one conference. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import type { ConferenceDelta, ConferenceSnapshot } from "../../../src/contract/live-messages.ts";
import {
  applyConference,
  viewOf,
  type ConferenceState,
} from "../../../src/dashboard/feed/conference-state.ts";
import { api, ORIGIN, send, view } from "../support/bridge.ts";
import { call, play } from "../support/call.ts";
import { listen, type Socket } from "../support/socket.ts";

type Message = ConferenceSnapshot | ConferenceDelta;

const VIEWER = env.VIEWER_TOKEN ?? "";

let lines = 0;

/** A conference of its own, and calls to it. */
async function room(): Promise<{
  name: string;
  one: (caller?: string) => ReturnType<typeof call>;
}> {
  lines += 1;
  const [line, name] = [`1415556${1_000 + lines}`, `live-${lines}`];
  await env.LINES.put(line, name);
  return { name, one: (caller = "447700900123") => call({ line, caller }) };
}

/** What a client knows that has heard everything so far, however it was cut into messages. */
async function until(
  socket: Socket<Message>,
  state: ConferenceState | null,
  done: (state: ConferenceState) => boolean,
): Promise<ConferenceState> {
  let current = state;
  while (current === null || !done(current)) {
    current = applyConference(current, await socket.next());
    expect(current, "no gap").not.toBeNull();
  }
  return current;
}

const hasOne = ({ conference }: ConferenceState): boolean => conference.count === 1;

it("says how things stand, and then what changes, until the client has the view of the API", async () => {
  const { name, one } = await room();
  const [ann, ben] = [one("447700900001"), one("447700900002")];
  await play(ann, ["answer", "answered", "transfer"]);
  const socket = await listen<Message>(`/conferences/${name}/live`);
  const first = await until(socket, null, () => true);
  expect(first.conference).toMatchObject({ name, count: 1 });

  await play(ben, ["answer", "answered", "transfer"]);
  await play(ann, ["completed"]);
  const last = await until(socket, first, ({ conference, participants }) => {
    return conference.count === 1 && !participants.has(ann.identity.id);
  });
  const { asOf: _, ...shown } = viewOf(last);
  expect(await view(name)).toMatchObject(shown);
  expect(last.entries.map(({ leg, kind, status }) => [leg, kind, status])).toEqual([
    [ben.identity.id, "admission", null],
    [ben.identity.id, "status", "answered"],
    [ben.identity.id, "transfer", null],
    [ann.identity.id, "status", "completed"],
  ]);
  socket.close();
});

it("tells a client that missed something how things stand, when it asks", async () => {
  const { name, one } = await room();
  const socket = await listen<Message>(`/conferences/${name}/live`);
  const first = await socket.next();
  expect(first).toMatchObject({ type: "snapshot", conference: { count: 0 }, journal: 0 });
  await play(one(), ["answer", "answered", "transfer"]);
  await until(socket, applyConference(null, first), ({ conference }) => conference.count === 1);
  socket.send("snapshot");
  const again = await socket.next();
  expect(again).toMatchObject({ type: "snapshot", conference: { count: 1 }, journal: 3 });
  expect(again.seq).toBe(socket.messages.at(-2)?.seq);
  socket.close();
});

it("goes on over an eviction, after which the first message is a snapshot again", async () => {
  const { name, one } = await room();
  const ann = one();
  await play(ann, ["answer", "answered", "transfer"]);
  const socket = await listen<Message>(`/conferences/${name}/live`);
  const { seq } = await socket.next();
  await evictDurableObject(env.CONFERENCE.getByName(name), { webSockets: "hibernate" });
  await play(ann, ["completed"]);
  const next = await socket.next();
  expect(next).toMatchObject({ type: "snapshot", conference: { count: 0 } });
  expect(next.seq).toBeGreaterThan(seq);
  socket.close();
});

it("answers a ping without waking anything", async () => {
  const { name } = await room();
  const socket = await listen<Message | "pong">(`/conferences/${name}/live`);
  await socket.next();
  socket.send("ping");
  expect(await socket.next()).toBe("pong");
  socket.close();
});

it.each(["/live", "/conferences/standup/live"])("answers a close of %s", async (path) => {
  const socket = await listen(path);
  await socket.next();
  socket.close();
  expect(await socket.closed).toBe(true);
});

it.each(["/live", "/conferences/standup/live"])(
  "answers a close of %s as it was meant",
  async (path) => {
    const own = await listen(path);
    await own.next();
    own.close(4_321, "off to lunch");
    expect(await own.ending).toEqual({ code: 4_321, reason: "off to lunch" });
    const headers = { upgrade: "websocket", authorization: `Bearer ${VIEWER}` };
    const { webSocket } = await send(new Request(`${ORIGIN}/api${path}`, { headers }));
    const ending = new Promise((resolve) => {
      webSocket?.addEventListener("close", ({ code, wasClean }) => resolve({ code, wasClean }));
    });
    webSocket?.accept();
    // Without a code the object hears 1005, which it may not send.
    webSocket?.close();
    expect(await ending).toMatchObject({ wasClean: true });
  },
);

it("lives on after the error of a socket, and after a close that it cannot answer", async () => {
  const { name, one } = await room();
  const socket = await listen<Message>(`/conferences/${name}/live`);
  const first = applyConference(null, await socket.next());
  await runInDurableObject(env.CONFERENCE.getByName(name), (object) => {
    object.webSocketError();
    for (const code of [1004, 1005, 1006, 1015, 5000, -1]) {
      object.webSocketClose(new Dead() as unknown as WebSocket, code, "x");
    }
  });
  await play(one(), ["answer", "answered", "transfer"]);
  expect(await until(socket, first, hasOne)).toMatchObject({ conference: { count: 1 } });
  socket.close();
});

/** A socket that throws, as one does that is gone. */
class Dead {
  close(code: number): never {
    throw new Error(`cannot be closed with ${code}`);
  }
}

it("closes the socket of a viewer who floods it, takes viewers in one by one for a while, and lets calls in", async () => {
  const { name, one } = await room();
  const viewer = await listen<Message>(`/conferences/${name}/live`, VIEWER);
  const operator = await listen<Message>(`/conferences/${name}/live`);
  await viewer.next();
  for (let n = 0; n < 2_000; n += 1) viewer.send("snapshot");
  expect(await viewer.ending).toEqual({ code: 1008, reason: "too many messages" });
  expect(viewer.messages.length).toBeLessThan(10);
  const open = async (token: string): Promise<number> => {
    const headers = { upgrade: "websocket", authorization: `Bearer ${token}` };
    const url = `${ORIGIN}/api/conferences/${name}/live`;
    const { status, webSocket } = await send(new Request(url, { headers }));
    webSocket?.accept();
    webSocket?.close();
    return status;
  };
  expect([await open(VIEWER), await open(VIEWER), await open(env.API_TOKEN ?? "")]).toEqual([
    101, 429, 101,
  ]);
  await play(one(), ["answer", "answered", "transfer"]);
  const first = applyConference(null, await operator.next());
  await until(operator, first, hasOne);
  operator.close();
});

it("carries what an operator changed, without a webhook", async () => {
  const { name, one } = await room();
  await play(one(), ["answer", "answered", "transfer"]);
  const socket = await listen<Message>(`/conferences/${name}/live`);
  const first = await until(socket, null, hasOne);
  expect(first.conference.locked).toBe(false);
  await env.CONFERENCE.getByName(name).lock(true);
  const after = await until(socket, first, ({ conference }) => conference.locked);
  expect(after.participants).toEqual(first.participants);
  socket.close();
});

it("masks callers for a viewer, and for nobody else who listens at the same time", async () => {
  const { name, one } = await room();
  const [operator, viewer] = await Promise.all([
    listen<Message>(`/conferences/${name}/live`),
    listen<Message>(`/conferences/${name}/live`, VIEWER),
  ]);
  await play(one("447700900456"), ["answer", "answered", "transfer"]);
  await until(operator, null, hasOne);
  await until(viewer, null, hasOne);
  expect(JSON.stringify(operator.messages)).toContain("447700900456");
  expect(JSON.stringify(viewer.messages)).not.toContain("4477009004");
  expect(JSON.stringify(viewer.messages)).toContain("***56");
  // Who comes later as a viewer is told how things stand in the same way.
  const late = await listen<Message>(`/conferences/${name}/live`, VIEWER);
  expect(JSON.stringify(await late.next())).not.toContain("4477009004");
  for (const socket of [operator, viewer, late]) socket.close();
});

it("is a WebSocket only, and says so", async () => {
  const { status, body } = await api<{ detail: string }>("/conferences/standup/live");
  expect(status).toBe(426);
  expect(body.detail).toContain("wss://");
});

it("lets a client not say who looks", async () => {
  const { name, one } = await room();
  await play(one("447700900456"), ["answer", "answered", "transfer"]);
  const headers = { upgrade: "websocket", authorization: `Bearer ${VIEWER}` };
  const url = `${ORIGIN}/api/conferences/${name}/live?audience=operator`;
  const { webSocket } = await send(new Request(url, { headers }));
  const said = new Promise((resolve) => {
    webSocket?.addEventListener("message", ({ data }) => resolve(data));
  });
  webSocket?.accept();
  expect(await said).not.toContain("4477009004");
  webSocket?.close();
});
