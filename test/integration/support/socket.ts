/** A live socket as an integrator holds it: what came, in order, and what is still to come. */
import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import { ORIGIN, send } from "./bridge.ts";

export interface Socket<Message> {
  readonly messages: Message[];
  /** The next message that nobody has asked for yet. */
  next(): Promise<Message>;
  send(text: string): void;
  close(code?: number, reason?: string): void;
  /** Resolves when the bridge has answered the close, with whether it did. */
  readonly closed: Promise<boolean>;
  /** The same with how it was closed. */
  readonly ending: Promise<{ code: number; reason: string }>;
}

export async function listen<Message>(
  path: string,
  token = env.API_TOKEN,
): Promise<Socket<Message>> {
  const headers = { upgrade: "websocket", authorization: `Bearer ${token}` };
  const response = await send(new Request(`${ORIGIN}/api${path}`, { headers }));
  expect(response.status).toBe(101);
  const { webSocket } = response;
  if (webSocket === null) throw new Error("no socket");
  const messages: Message[] = [];
  let taken = 0;
  webSocket.addEventListener("message", ({ data }) => {
    messages.push((data === "pong" ? data : JSON.parse(String(data))) as Message);
  });
  const closed = new Promise<boolean>((resolve) => {
    webSocket.addEventListener("close", ({ wasClean }) => resolve(wasClean));
  });
  const ending = new Promise<{ code: number; reason: string }>((resolve) => {
    webSocket.addEventListener("close", ({ code, reason }) => resolve({ code, reason }));
  });
  webSocket.accept();
  return {
    messages,
    closed,
    ending,
    async next() {
      const message = await vi.waitFor(
        () => {
          const found = messages[taken];
          if (found === undefined) throw new Error("nothing more was said");
          return found;
        },
        { timeout: 10_000 },
      );
      taken += 1;
      return message;
    },
    send: (text) => webSocket.send(text),
    close: (code = 1000, reason = "done") => webSocket.close(code, reason),
  };
}
