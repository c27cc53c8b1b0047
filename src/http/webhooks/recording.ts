/** `/webhooks/recording`: a recorded conference's URL, at which the carrier reports recordings and transcriptions. */
import { readRecordingUrl, RECORDING_PARAMETERS } from "../../calls/callback-urls/recording-url.ts";
import { withoutUrlParameters } from "../../calls/callback-urls/signed-url.ts";
import { deliver, deliveryOf } from "../../calls/deliver-event.ts";
import { storeLeglessEvent } from "../../calls/legless-event.ts";
import { parseEvent } from "../../vonage/event.ts";
import type { Webhook } from "./env.ts";
import { acknowledge, unreadable } from "./respond.ts";

export const recordingWebhook: Webhook = (routes) => async (c) => {
  const { payload, call } = c.var;
  const conference = await readRecordingUrl(c.req.url, call.secrets);
  if (!payload.ok) return unreadable(c, "recording", payload.error);
  const said = withoutUrlParameters(payload.value, RECORDING_PARAMETERS, c.req);
  const event = parseEvent(said);
  const { kind, leg } = event;
  return await acknowledge(c, { route: "recording", kind, conference }, async () =>
    // By one reading of the carrier's documents, the statuses of a recorded room's legs are reported here too.
    leg === null
      ? await storeLeglessEvent(c.env, event, said, call.now, conference)
      : await deliver(c.env, routes, leg, await deliveryOf(event, said, call.now)),
  );
};
