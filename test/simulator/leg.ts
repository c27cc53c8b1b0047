/**
 * The life of one inbound leg: it rings, asks for an NCCO, plays it, and ends, with the webhooks that the platform sends
 * on the way (Vonage Voice API, call flow).
 */
import type { Clock } from "./clock.ts";
import type { Action, ConversationAction, TalkAction } from "./ncco.ts";
import type { Random } from "./random.ts";
import { answeredPayload, completedPayload, progressPayload, transferPayload } from "./wire.ts";
import type { DisconnectedBy, LegIdentity, Payload } from "./wire.ts";

/** What a leg needs of the platform that it is on. */
export interface Platform {
  readonly clock: Clock;
  /** Sends an event about the leg, without waiting for it. */
  emit(leg: Leg, name: string, payload: Payload): void;
  /** Asks the application what to play; null where it has no usable answer. */
  fetchNcco(leg: Leg): Promise<readonly Action[] | null>;
  /** Moves the leg into a named conversation and returns that conversation's id, `CON-…`. */
  enter(leg: Leg, action: ConversationAction): string;
  /** Takes the leg out of the named conversation that it is in, if any. */
  leave(leg: Leg): void;
}

/** How fast the platform's voices speak, roughly. */
const CHARACTERS_PER_SECOND = 15;

export class Leg implements LegIdentity {
  readonly id: string;
  readonly caller: string;
  readonly line: string;
  readonly origin: string;
  /** What chance decides about this leg. */
  readonly random: Random;
  readonly #ended = new AbortController();
  #endedBy: DisconnectedBy = "platform";

  constructor(identity: LegIdentity, random: Random) {
    this.random = random;
    this.id = identity.id;
    this.caller = identity.caller;
    this.line = identity.line;
    this.origin = identity.origin;
  }

  /** Aborted as soon as the leg ends. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  get endedBy(): DisconnectedBy {
    return this.#endedBy;
  }

  /** Ends the leg. The first reason stands. */
  hangUp(by: DisconnectedBy): void {
    if (this.#ended.signal.aborted) return;
    this.#endedBy = by;
    this.#ended.abort();
  }
}

/** Plays a leg from its first event to its last and resolves when it has ended. */
export async function playLeg(leg: Leg, platform: Platform): Promise<void> {
  const startedAt = platform.clock.now();
  platform.emit(leg, "started", progressPayload(leg, "started", startedAt));
  platform.emit(leg, "ringing", progressPayload(leg, "ringing", startedAt));

  // Whoever hangs up does not wait for the application.
  const actions = await Promise.race([platform.fetchNcco(leg), abortion(leg.ended)]);
  const answeredAt = actions === null || leg.ended.aborted ? null : platform.clock.now();
  let conversation = leg.origin;
  if (actions !== null && answeredAt !== null) {
    platform.emit(leg, "answered", answeredPayload(leg, answeredAt));
    conversation = await playActions(leg, actions, platform);
  }

  // Without effect where somebody hung up: the NCCO ran out, or there was none.
  leg.hangUp("platform");
  platform.leave(leg);
  const ending = {
    conversation,
    answeredAt,
    endedAt: platform.clock.now(),
    disconnectedBy: leg.endedBy,
  };
  platform.emit(leg, "completed", completedPayload(leg, ending));
}

/** Plays actions until they run out or the leg ends; returns the id of the conversation that it ends in. */
async function playActions(
  leg: Leg,
  actions: readonly Action[],
  platform: Platform,
): Promise<string> {
  let conversation = leg.origin;
  for (const action of actions) {
    if (leg.ended.aborted) break;
    switch (action.action) {
      case "talk":
        await playTalk(leg, action, platform.clock);
        break;
      case "conversation": {
        // Not documented for a caller who waits for a moderator: this carrier reports the move at once for everyone.
        const next = platform.enter(leg, action);
        const payload = transferPayload(leg, conversation, next, platform.clock.now());
        platform.emit(leg, "transfer", payload);
        conversation = next;
        // Lasts as long as the leg: no action after it is ever played.
        await abortion(leg.ended);
        break;
      }
    }
  }
  return conversation;
}

async function playTalk(leg: Leg, action: TalkAction, clock: Clock): Promise<void> {
  const { loop = 1 } = action;
  if (loop === 0) {
    await abortion(leg.ended);
    return;
  }
  const characters = action.text.replace(/<[^>]*>/g, "").length * loop;
  await clock.wait((characters / CHARACTERS_PER_SECOND) * 1000, leg.ended);
}

/** Resolves, with null, when the signal is aborted. */
function abortion(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener("abort", () => resolve(null), { once: true });
  });
}
