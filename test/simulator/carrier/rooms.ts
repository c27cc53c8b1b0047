/**
 * Named conversations: who is in them or waits for them to start, what their ids are, and what happens when somebody
 * comes or goes (NCCO reference, `conversation`).
 */
import type { Clock } from "./clock.ts";
import type { Leg } from "./leg.ts";
import type { ConversationAction } from "../ncco/ncco.ts";
import { addressOf } from "./platform.ts";
import type { Random } from "./random.ts";
import type { Silences } from "../chaos/silences.ts";
import type { Truth } from "./truth.ts";
import type { Recording } from "../webhooks/wire-actions.ts";

export interface RoomsOptions {
  readonly truth: Truth;
  readonly clock: Clock;
  readonly random: Random;
  readonly silences: Silences;
  /** A leg was moved; it is in `to` now. */
  readonly onMove: (leg: Leg, from: string, to: string) => void;
  readonly onMember: (
    leg: Leg,
    type: "member:joined" | "member:left",
    conversation: string,
  ) => void;
  readonly onRecording: (action: ConversationAction, recording: Recording, last: Leg) => void;
}

interface Room {
  readonly name: string;
  readonly id: string;
  readonly members: Set<Leg>;
  readonly waiting: Map<Leg, ConversationAction>;
  /** Legs whose hanging up ends it for everybody. */
  readonly closers: Set<Leg>;
  hasStarted: boolean;
  recorded: { readonly action: ConversationAction; readonly from: number } | null;
}

export class Rooms {
  readonly #options: RoomsOptions;
  /** By name and data centre: one name makes two conversations in two of them. */
  readonly #rooms = new Map<string, Room>();
  readonly #roomOf = new Map<Leg, Room>();
  readonly #generations = new Map<string, number>();

  constructor(options: RoomsOptions) {
    this.#options = options;
  }

  /** Lets a leg into the conversation that its NCCO names, or makes it wait there. */
  enter(leg: Leg, action: ConversationAction): void {
    const room = this.#room(action.name, leg.region);
    const starts = action.startOnEnter !== false;
    leg.muted = action.mute === true;
    leg.holdMusic = action.musicOnHoldUrl?.[0] ?? null;
    if (action.endOnExit === true) room.closers.add(leg);
    this.#roomOf.set(leg, room);
    leg.hasArrived = true;
    leg.statesTo = addressOf(action) ?? null;
    if (!starts && !room.hasStarted && this.#options.silences.transfer === "at-start") {
      room.waiting.set(leg, action);
      return;
    }
    this.#admit(room, leg, action);
    if (starts && !room.hasStarted) this.#start(room);
  }

  /** Moves a leg into an existing conversation by its id. False where there is none. */
  enterById(leg: Leg, conversationId: string): boolean {
    const room = [...this.#rooms.values()].find(({ id }) => id === conversationId);
    if (room === undefined) return false;
    this.#roomOf.set(leg, room);
    leg.hasArrived = true;
    this.#admit(room, leg, { action: "conversation", name: room.name });
    return true;
  }

  /** Takes a leg out of the conversation that it is in or waits for, if any. */
  leave(leg: Leg, hungUp: boolean): void {
    const room = this.#roomOf.get(leg);
    if (room === undefined) return;
    const { truth, clock, onMember } = this.#options;
    truth.leave(leg.id, clock.now());
    this.#roomOf.delete(leg);
    leg.hasArrived = false;
    room.waiting.delete(leg);
    if (room.members.delete(leg)) onMember(leg, "member:left", room.id);
    if (hungUp && room.closers.has(leg)) this.#close(room);
    if (room.members.size + room.waiting.size === 0) this.#empty(room, leg);
  }

  /** How many conversations of a name have somebody in them: more than one if callers cannot hear each other. */
  halves(name: string): number {
    const rooms = [...this.#rooms.values()];
    return rooms.filter((room) => room.name === name && room.members.size > 0).length;
  }

  #room(name: string, region: string): Room {
    const key = `${region} ${name}`;
    const found = this.#rooms.get(key);
    if (found !== undefined) return found;
    const generation = this.#generations.get(key) ?? 0;
    const room: Room = {
      name,
      id: `CON-${this.#options.random.branch(`conversation ${key} ${generation}`).uuid()}`,
      members: new Set(),
      waiting: new Map(),
      closers: new Set(),
      hasStarted: false,
      recorded: null,
    };
    this.#rooms.set(key, room);
    if (this.#options.silences.conversation === "renewed") {
      this.#generations.set(key, generation + 1);
    }
    return room;
  }

  #admit(room: Room, leg: Leg, action: ConversationAction): void {
    const { truth, clock, onMove, onMember } = this.#options;
    truth.enter(leg.id, room.name, clock.now());
    room.members.add(leg);
    if (action.record === true) room.recorded ??= { action, from: clock.now() };
    const from = leg.conversation;
    leg.conversation = room.id;
    onMove(leg, from, room.id);
    onMember(leg, "member:joined", room.id);
  }

  #start(room: Room): void {
    room.hasStarted = true;
    const waiting = [...room.waiting];
    room.waiting.clear();
    for (const [leg, action] of waiting) this.#admit(room, leg, action);
  }

  #close(room: Room): void {
    for (const other of [...room.members, ...room.waiting.keys()]) {
      other.farewell = this.#options.silences.endOnExit;
      other.hangUp("platform");
    }
  }

  #empty(room: Room, last: Leg): void {
    const { clock, random, onRecording } = this.#options;
    for (const [key, each] of this.#rooms) if (each === room) this.#rooms.delete(key);
    if (room.recorded === null) return;
    const { action, from } = room.recorded;
    const id = random.branch(`recording ${room.id} ${from}`).uuid();
    onRecording(action, { id, conversation: room.id, from, to: clock.now() }, last);
  }
}
