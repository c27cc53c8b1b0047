/** The body that changes a running call (Vonage Voice API 1.10.0, updateCall). */
import * as v from "valibot";
import { accept, refuseParameters } from "./command.ts";
import type { CommandResult, LegCommand } from "./command.ts";
import { Ncco, OneUrl, readBody } from "./fields.ts";

const plain = <Action extends string>(action: Action) =>
  v.strictObject({ action: v.literal(action) });

/** Either an NCCO or where to fetch one; `type` is always `ncco`. */
const Destination = v.pipe(
  v.strictObject({
    type: v.literal("ncco", "must be ncco"),
    ncco: v.exactOptional(Ncco),
    url: v.exactOptional(OneUrl),
  }),
  v.check(
    ({ ncco, url }) => (ncco === undefined) !== (url === undefined),
    "must have ncco or url, but not both",
  ),
);

const UpdateCallBody = v.variant(
  "action",
  [
    plain("hangup"),
    plain("mute"),
    plain("unmute"),
    plain("earmuff"),
    plain("unearmuff"),
    v.strictObject({ action: v.literal("transfer"), destination: Destination }),
  ],
  "must be hangup, mute, unmute, earmuff, unearmuff or transfer",
);

export function readUpdateCall(uuid: string, body: string): CommandResult {
  const fields = readBody(UpdateCallBody, body);
  return fields.ok
    ? accept(updateCommand(uuid, fields.value))
    : refuseParameters(fields.parameters);
}

function updateCommand(uuid: string, update: v.InferOutput<typeof UpdateCallBody>): LegCommand {
  switch (update.action) {
    case "hangup":
      return { kind: "hangup", uuid };
    case "mute":
    case "unmute":
      return { kind: "mute", uuid, on: update.action === "mute" };
    case "earmuff":
    case "unearmuff":
      return { kind: "earmuff", uuid, on: update.action === "earmuff" };
    case "transfer": {
      const { ncco, url = "" } = update.destination;
      return { kind: "transfer", uuid, destination: ncco === undefined ? { url } : { ncco } };
    }
  }
}
