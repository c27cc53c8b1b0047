/** Carries out commands on the running legs and says what the client is told (Vonage Voice API 1.10.0). */
import { GoneError } from "../carrier/call-control.ts";
import type { CallControl, CallRecord } from "../carrier/call-control.ts";
import { callObject, callPage } from "./requests/call-object.ts";
import type { Rendering } from "./requests/call-object.ts";
import type { Command, LegCommand } from "./requests/command.ts";
import { matchingCalls } from "./requests/list-calls.ts";
import type { Readings } from "./requests/readings.ts";
import { errorReply, jsonReply, noContent } from "./reply.ts";
import type { Reply } from "./reply.ts";

/** A recording or a transcript, as its URL serves it (Vonage Voice API, recording guide). */
export interface StoredFile {
  readonly contentType: string;
  /** A function makes a new stream of pieces for each download. */
  readonly content: Uint8Array | (() => AsyncIterable<Uint8Array>);
}

export interface Actor {
  readonly control: CallControl;
  /** The region that this server stands for. */
  readonly region: string;
  readonly now: () => number;
  readonly files: ReadonlyMap<string, StoredFile>;
  readonly readings: Readings;
  readonly rendering: Rendering;
  /** When each call was made that this server made. It writes them itself. */
  readonly madeAt: Map<string, number>;
}

export function act(command: Command, actor: Actor): Reply {
  if ("uuid" in command) return actOnLeg(command, actor);
  switch (command.kind) {
    case "list": {
      const records = actor.control.list().filter(({ region }) => region === actor.region);
      const matching = matchingCalls(records, command.query, actor.now());
      return jsonReply(200, callPage(matching, command.query, actor.rendering));
    }
    case "create": {
      const record = actor.control.create(command.call);
      const { uuid, status, direction, conversation_uuid } = record;
      actor.madeAt.set(uuid, actor.now());
      return jsonReply(201, { uuid, status, direction, conversation_uuid });
    }
    case "file": {
      const file = actor.files.get(command.id);
      if (file === undefined) return errorReply(404);
      const { contentType, content } = file;
      return {
        status: 200,
        contentType,
        body: typeof content === "function" ? content() : content,
      };
    }
  }
}

function actOnLeg(command: LegCommand, actor: Actor): Reply {
  const record = actor.control.get(command.uuid);
  // A call exists in one region; the others do not know it.
  if (record === null || record.region !== actor.region) return errorReply(404);
  if (command.kind === "get") return jsonReply(200, callObject(record, actor.rendering));
  if (command.kind === "hangup" && isTooEarly(record, actor)) return errorReply(400);
  try {
    return control(command, actor.control);
  } catch (error) {
    if (error instanceof GoneError) return errorReply(actor.readings.gone);
    throw error;
  }
}

function isTooEarly({ uuid, status }: CallRecord, { madeAt, now, readings }: Actor): boolean {
  if (status !== "started" && status !== "ringing") return false;
  return now() - (madeAt.get(uuid) ?? -Infinity) < readings.earlyHangupMs;
}

function control(command: Exclude<LegCommand, { kind: "get" }>, legs: CallControl): Reply {
  const { uuid } = command;
  switch (command.kind) {
    case "hangup":
      legs.hangup(uuid);
      return noContent();
    case "mute":
      legs.mute(uuid, command.on);
      return noContent();
    case "earmuff":
      legs.earmuff(uuid, command.on);
      return noContent();
    case "transfer":
      legs.transfer(uuid, command.destination);
      return noContent();
    case "talk":
      legs.talk(uuid, command.talk);
      return done("Talk started", uuid);
    case "stopTalk":
      legs.stopTalk(uuid);
      return done("Talk stopped", uuid);
    case "stream":
      legs.stream(uuid, command.stream);
      return done("Stream started", uuid);
    case "stopStream":
      legs.stopStream(uuid);
      return done("Stream stopped", uuid);
    case "dtmf":
      legs.dtmf(uuid, command.digits);
      return done("DTMF sent", uuid);
  }
}

function done(message: string, uuid: string): Reply {
  return jsonReply(200, { message, uuid });
}
