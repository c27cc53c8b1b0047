/** The recording webhook: a recording of a room, or its transcription, exists. Our own URL names the conference. */
import { conferenceOf, RECORDING_NAMES } from "../../calls/callback-urls/recording-url.ts";
import { withoutOurs } from "../../calls/callback-urls/signed-url.ts";
import { deliver, deliveryOf, type Routes } from "../../calls/deliver-event.ts";
import { keepStray } from "../../calls/stray.ts";
import { parseEvent } from "../../vonage/event.ts";
import type { WebhookHandler } from "./env.ts";
import { acknowledged, secretsOf, unreadable } from "./respond.ts";

export function recordingWebhook(routes: Routes): WebhookHandler {
  return async (c) => {
    const start = Date.now();
    const { payload } = c.var;
    const conference = await conferenceOf(c.req.url, secretsOf(c));
    if (!payload.ok) return unreadable(c, start, "recording", payload.error);
    const carriers = withoutOurs(payload.value, RECORDING_NAMES, c.req);
    const event = parseEvent(carriers);
    const { kind, leg } = event;
    // By one reading of the carrier's documents, the statuses of a recorded room's legs are reported here too.
    return await acknowledged(c, start, { route: "recording", kind, conference }, async () => ({
      ...(leg === null
        ? await keepStray(c.env, event, carriers, start, conference)
        : await deliver(c.env, routes, leg, await deliveryOf(event, carriers, start))),
    }));
  };
}
