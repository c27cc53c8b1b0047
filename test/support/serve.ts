/**
 * A server as a process of its own, for tests that kill it.
 *
 *     node test/support/serve.ts --worker DIR --state DIR --port PORT [--assets] [--line NUMBER=VALUE]…
 *
 * The Worker's settings come as one JSON object in the environment variable WORKER_SETTINGS: arguments can be seen by
 * every user of a machine. Prints one line, `{"url":"http://127.0.0.1:PORT"}`, once it accepts requests. On SIGTERM and
 * SIGINT Miniflare ends workerd and then this process.
 */
import { parseArgs } from "node:util";
import * as v from "valibot";
import { startServer } from "./server.ts";

const { values } = parseArgs({
  options: {
    worker: { type: "string" },
    state: { type: "string" },
    port: { type: "string", default: "0" },
    assets: { type: "boolean", default: false },
    line: { type: "string", multiple: true, default: [] },
  },
});
if (values.worker === undefined || values.state === undefined) {
  throw new Error("--worker and --state are needed");
}

const server = await startServer({
  worker: values.worker,
  stateDir: values.state,
  port: Number(values.port),
  assets: values.assets,
  settings: v.parse(
    v.record(v.string(), v.string()),
    JSON.parse(process.env["WORKER_SETTINGS"] ?? "{}"),
  ),
});
for (const line of values.line) {
  const [number = "", ...value] = line.split("=");
  await server.putLine(number, value.join("="));
}
console.log(JSON.stringify({ url: server.url }));
