/** A Durable Object with live sockets: the methods that the platform calls. */
import { DurableObject } from "cloudflare:workers";
import type { LiveFeed } from "./live-feed.ts";

export abstract class WatchedObject<State> extends DurableObject<Env> {
  protected abstract readonly feed: LiveFeed<State>;

  /** Opens a live socket. Only the Worker calls this; its URL says who watches. */
  override async fetch(request: Request): Promise<Response> {
    return await this.feed.open(request);
  }

  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): void {
    this.feed.message(socket, message);
  }

  override webSocketClose(socket: WebSocket, code: number, reason: string): void {
    this.feed.close(socket, code, reason);
  }

  override webSocketError(): void {
    // The connection was lost. A client that is still there reconnects.
  }
}
