import { afterEach, describe, expect, it } from "vitest";
import type { StoredFile } from "../../../simulator/rest/act.ts";
import { startRestServer } from "../../../simulator/rest/server.ts";
import type { RestServer } from "../../../simulator/rest/server.ts";
import { callRecord, FakeControl, REGION } from "./fake-control.ts";
import { APPLICATION, KEYS, NOW, token } from "./rest-client.ts";

const LEG = "63f61863-4a51-4f6b-86e1-46edebcf9356";
const MUTE = { method: "PUT", body: '{"action":"mute"}' };

let server: RestServer | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

async function start(files: ReadonlyMap<string, StoredFile> = new Map(), port = 0) {
  const control = new FakeControl([callRecord(LEG)]);
  const started = await startRestServer({
    control,
    port,
    applicationId: APPLICATION,
    publicKey: KEYS.publicKey,
    region: REGION,
    now: () => NOW,
    files,
  });
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${started.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token()}`, "content-type": "application/json" },
    });
  server = started;
  return { control, server: started, ask };
}

describe("the server", () => {
  it("answers with the body's type and length, or with nothing", async () => {
    const { ask, control } = await start();
    const shown = await ask(`/v1/calls/${LEG}`);
    expect(shown.headers.get("content-type")).toBe("application/json");
    expect(await shown.json()).toMatchObject({ uuid: LEG });
    const changed = await ask(`/v1/calls/${LEG}`, MUTE);
    expect([changed.status, await changed.text()]).toEqual([204, ""]);
    expect(control.deeds).toEqual([["mute", LEG, true]]);
  });

  it("closes the connection where a reply is lost, and serves on", async () => {
    const { server: running, ask, control } = await start();
    running.api.faults = () => ({ kind: "lost", acted: true });
    await expect(ask(`/v1/calls/${LEG}`, MUTE)).rejects.toThrow("fetch failed");
    expect(control.deeds).toHaveLength(1);
    running.api.faults = () => null;
    expect((await ask(`/v1/calls/${LEG}`)).status).toBe(200);
  });

  it("stops while a reply is still due", async () => {
    const { server: running, ask } = await start();
    const asked = Promise.withResolvers<null>();
    running.api.faults = () => {
      asked.resolve(null);
      return { kind: "late", acted: false, until: Promise.withResolvers().promise };
    };
    const answer = ask(`/v1/calls/${LEG}`).catch((error: Error) => error.message);
    await asked.promise;
    await running.stop();
    expect(await answer).toBe("fetch failed");
  });

  it("refuses a body beyond any that is documented", async () => {
    const { ask } = await start();
    const body = JSON.stringify({ text: "a".repeat(1024 * 1024) });
    expect((await ask(`/v1/calls/${LEG}/talk`, { method: "PUT", body })).status).toBe(413);
  });

  it("does not start on a port that is taken", async () => {
    const { server: running } = await start();
    const port = Number(new URL(running.url).port);
    await expect(start(new Map(), port)).rejects.toThrow("EADDRINUSE");
  });
});

describe("a recording", () => {
  it("comes with its type, for a token of the application alone", async () => {
    const content = new Uint8Array([0xff, 0xfb, 0, 255]);
    const { server: running, ask } = await start(
      new Map([["recording-1", { contentType: "audio/mpeg", content }]]),
    );
    const file = await ask("/v1/files/recording-1");
    expect(file.headers.get("content-type")).toBe("audio/mpeg");
    expect(file.headers.get("content-length")).toBe("4");
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(content);
    expect((await ask("/v1/files/recording-2")).status).toBe(404);
    expect((await fetch(`${running.url}/v1/files/recording-1`)).status).toBe(401);
  });

  it("that is made piece by piece arrives piece by piece", async () => {
    const { promise: firstArrived, resolve } = Promise.withResolvers<null>();
    async function* pieces(): AsyncGenerator<Uint8Array> {
      yield Buffer.from("first ");
      await firstArrived;
      yield Buffer.from("second");
    }
    const { ask } = await start(
      new Map([["recording-1", { contentType: "audio/wav", content: pieces }]]),
    );
    const reader = (await ask("/v1/files/recording-1")).body?.getReader();
    const first = await reader?.read();
    expect(Buffer.from(first?.value ?? []).toString()).toBe("first ");
    resolve(null);
    const second = await reader?.read();
    expect(Buffer.from(second?.value ?? []).toString()).toBe("second");
    expect((await reader?.read())?.done).toBe(true);
  });
});
