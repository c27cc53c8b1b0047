/** Serves the REST side of a carrier: requests act on the legs that it plays. */
import { DEFAULT_REGION } from "../carrier/carrier.ts";
import type { Carrier } from "../carrier/carrier.ts";
import { createCallControl } from "../carrier/leg-control.ts";
import { startRestServer } from "./server.ts";
import type { RestServer, RestServerOptions } from "./server.ts";

/**
 * Serves the calls of the carrier's usual region. Tokens are dated by the real time, also where calls go faster.
 *
 * @throws Error where the port is taken.
 */
export async function serveCarrier(
  carrier: Carrier,
  options: Pick<RestServerOptions, "port" | "applicationId" | "publicKey" | "numbers">,
): Promise<RestServer> {
  return await startRestServer({
    ...options,
    control: createCallControl(carrier),
    region: DEFAULT_REGION,
    now: Date.now,
  });
}
