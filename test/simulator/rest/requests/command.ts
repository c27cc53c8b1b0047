/** What a request asks of the carrier, once it has been read and found to be as documented. */
import type { CreateCall } from "../../carrier/call-control.ts";
import type { InvalidParameter, Reply } from "../reply.ts";
import { invalidReply } from "../reply.ts";
import type { ListQuery } from "./list-calls.ts";

/** Commands that are about one leg. */
export type LegCommand = { readonly uuid: string } & (
  | { readonly kind: "get" }
  | { readonly kind: "hangup" }
  /** Mute and unmute. */
  | { readonly kind: "mute"; readonly on: boolean }
  /** Earmuff and unearmuff. */
  | { readonly kind: "earmuff"; readonly on: boolean }
  | { readonly kind: "transfer"; readonly destination: { ncco: unknown[] } | { url: string } }
  | {
      readonly kind: "talk";
      readonly talk: { text: string; language?: string; loop?: number };
    }
  | { readonly kind: "stopTalk" }
  | { readonly kind: "stream"; readonly stream: { url: string; loop?: number } }
  | { readonly kind: "stopStream" }
  | { readonly kind: "dtmf"; readonly digits: string }
);

export type Command =
  | LegCommand
  | { readonly kind: "list"; readonly query: ListQuery }
  | { readonly kind: "create"; readonly call: CreateCall }
  /** A recording or a transcript. */
  | { readonly kind: "file"; readonly id: string };

export type CommandResult =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly reply: Reply };

export function accept(command: Command): CommandResult {
  return { ok: true, command };
}

export function refuse(reply: Reply): CommandResult {
  return { ok: false, reply };
}

export function refuseParameters(parameters: readonly InvalidParameter[]): CommandResult {
  return refuse(invalidReply(parameters));
}
