/** What a leg's call needs of the carrier that plays it: time, webhooks, conversations. */
import type { Method } from "../webhooks/application.ts";
import type { Clock } from "./clock.ts";
import type { Leg } from "./leg.ts";
import type { Action, ConnectAction } from "../ncco/ncco.ts";
import type { Rooms } from "./rooms.ts";
import type { Silences } from "../chaos/silences.ts";
import type { Payload } from "../webhooks/wire.ts";

export interface Address {
  readonly url: string;
  readonly method: Method;
}

/** How an event is sent, where that is not the usual way. */
export interface Sending {
  /** Where to; the leg's own event URL where missing. */
  readonly to?: Address | null | undefined;
  /** How much later than usual, in milliseconds of call time. */
  readonly delayMs?: number;
  /** Never, as if the platform had nothing to say. */
  readonly withheld?: boolean;
}

export interface Platform {
  readonly clock: Clock;
  readonly rooms: Rooms;
  readonly silences: Silences;
  /** The time by the leg's clock, in milliseconds since the epoch. */
  now(leg: Leg): number;
  /** Sends an event about the leg, without waiting for it. */
  emit(leg: Leg, name: string, payload: Payload, sending?: Sending): void;
  /** Asks the application what to play; null where it has no usable answer. */
  fetchNcco(leg: Leg, answer?: Address): Promise<readonly Action[] | null>;
  /** Sends an event whose reply may be an NCCO; null where it is none, and the call goes on as it was. */
  instruct(
    leg: Leg,
    name: string,
    payload: Payload,
    to?: Address,
  ): Promise<readonly Action[] | null>;
  /** Calls somebody else for the leg and resolves when the two of them are done. */
  connect(leg: Leg, action: ConnectAction, flow: AbortSignal): Promise<void>;
  /** Reports a problem with an NCCO, by an error event. */
  complain(leg: Leg, reason: string): void;
}

/** What one action is played in. */
export interface Scene {
  readonly leg: Leg;
  readonly platform: Platform;
  /** Aborted when what is played is over. */
  readonly flow: AbortSignal;
}

/** The URL that an action names, if any. */
export function addressOf(action: {
  readonly eventUrl?: readonly [string];
  readonly eventMethod?: Method;
}): Address | undefined {
  if (action.eventUrl === undefined) return undefined;
  return { url: action.eventUrl[0], method: action.eventMethod ?? "POST" };
}
