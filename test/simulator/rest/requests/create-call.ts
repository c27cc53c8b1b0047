/** The body of a new call (Vonage Voice API 1.10.0, createCall), and the call that it asks for. */
import * as v from "valibot";
import type { CreateCall } from "../../carrier/call-control.ts";
import { accept, refuse, refuseParameters } from "./command.ts";
import type { CommandResult } from "./command.ts";
import { Method, Ncco, OneUrl, readBody, Text, whole } from "./fields.ts";
import { errorReply } from "../reply.ts";

const PHONE_NUMBER = /^\d{7,15}$/;

const PhoneTo = v.strictObject({
  type: v.literal("phone"),
  number: v.pipe(v.string(), v.regex(PHONE_NUMBER, "must be 7 to 15 digits")),
  // Both are documented, and this carrier does nothing with them.
  dtmfAnswer: v.exactOptional(v.pipe(v.string(), v.regex(/^[0-9*#p]+$/, "must be DTMF digits"))),
  shaken: v.exactOptional(Text),
});

/** Endpoints that are documented and that this carrier cannot call. */
const OtherTo = [
  v.looseObject({ type: v.literal("sip"), uri: Text }),
  v.looseObject({ type: v.literal("websocket"), "content-type": Text }),
  v.looseObject({ type: v.literal("vbc"), extension: Text }),
  v.looseObject({ type: v.literal("app"), user: Text }),
] as const;

const PhoneFrom = v.strictObject({
  type: v.literal("phone", "must be phone"),
  number: v.pipe(v.string(), v.regex(/^(\d{7,15}|sips?:.+)$/, "must be 7 to 15 digits")),
});

const MachineBehavior = v.picklist(["continue", "hangup"], "must be continue or hangup");

const AdvancedMachineDetection = v.strictObject({
  behavior: v.exactOptional(MachineBehavior),
  mode: v.exactOptional(
    v.picklist(["default", "detect", "detect_beep"], "must be default, detect or detect_beep"),
  ),
  beep_timeout: v.exactOptional(whole(30, 120)),
});

const Fields = v.strictObject({
  to: v.pipe(
    v.array(v.variant("type", [PhoneTo, ...OtherTo], "must be phone, sip, websocket, vbc or app")),
    v.length(1, "must be an array of one endpoint"),
  ),
  from: v.exactOptional(PhoneFrom),
  random_from_number: v.exactOptional(v.boolean()),
  ncco: v.exactOptional(Ncco),
  answer_url: v.exactOptional(OneUrl),
  answer_method: v.exactOptional(Method),
  event_url: v.exactOptional(OneUrl),
  event_method: v.exactOptional(Method),
  machine_detection: v.exactOptional(MachineBehavior),
  advanced_machine_detection: v.exactOptional(AdvancedMachineDetection),
  length_timer: v.exactOptional(whole(1, 86_400)),
  ringing_timer: v.exactOptional(whole(1, 120)),
});

const CreateCallBody = v.pipe(
  Fields,
  v.forward(
    v.check(
      ({ ncco, answer_url }) => (ncco === undefined) !== (answer_url === undefined),
      "must be given, or else answer_url, but not both",
    ),
    ["ncco"],
  ),
  v.forward(
    v.check(
      ({ answer_url, answer_method }) => answer_method === undefined || answer_url !== undefined,
      "needs answer_url",
    ),
    ["answer_method"],
  ),
  v.forward(
    v.check(
      ({ from, random_from_number }) => (from !== undefined) !== (random_from_number === true),
      "must be given, or else random_from_number, but not both",
    ),
    ["from"],
  ),
);

/** @param numbers The application's numbers, of which `random_from_number` takes the first. */
export function readCreateCall(body: string, numbers: readonly string[]): CommandResult {
  const fields = readBody(CreateCallBody, body);
  if (!fields.ok) return refuseParameters(fields.parameters);
  const [to] = fields.value.to;
  if (to?.type !== "phone") return refuse(errorReply(501));
  const from = fields.value.from?.number ?? numbers[0];
  if (from === undefined) {
    const reason = "the application has no number";
    return refuseParameters([{ name: "random_from_number", reason }]);
  }
  return accept({ kind: "create", call: createCall(fields.value, to.number, from) });
}

function createCall(fields: v.InferOutput<typeof Fields>, to: string, from: string): CreateCall {
  const { ncco, answer_url, answer_method = "GET", event_url, event_method = "POST" } = fields;
  const { length_timer, ringing_timer } = fields;
  // Where both are set, the advanced one rules.
  const onMachine = fields.advanced_machine_detection?.behavior ?? fields.machine_detection;
  return {
    to: { type: "phone", number: to },
    from,
    ...(ncco === undefined ? {} : { ncco }),
    ...(answer_url === undefined ? {} : { answerUrl: { url: answer_url, method: answer_method } }),
    ...(event_url === undefined ? {} : { eventUrl: { url: event_url, method: event_method } }),
    ...(onMachine === undefined ? {} : { machineDetection: onMachine }),
    ...(length_timer === undefined ? {} : { lengthTimerSeconds: length_timer }),
    ...(ringing_timer === undefined ? {} : { ringingTimerSeconds: ringing_timer }),
  };
}
