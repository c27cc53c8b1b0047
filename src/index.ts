/** The Worker's entry: the app, and the Durable Object classes. */
import { createApp } from "./http/app.ts";

export { Conference } from "./conference/conference.ts";
export { Directory } from "./directory/directory.ts";
export { Outbox } from "./outbox/outbox.ts";
export { Switchboard } from "./switchboard/switchboard.ts";

const app = createApp();

export default { fetch: app.fetch } satisfies ExportedHandler<Env>;
