/** Servers of a test's own, on this machine only. */
import { once } from "node:events";
import net from "node:net";

/** Lets a server listen on any free port of 127.0.0.1 and returns its origin, without a slash at the end. */
export async function listen(server: net.Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not a network server");
  return `http://127.0.0.1:${address.port}`;
}

/**
 * The first free port among those given, for several servers one after the other. Take them from below 32768, where the
 * ports of outgoing connections begin: there, a client that keeps knocking while no server listens could be given that
 * very port.
 *
 * @throws Error where all are taken.
 */
export async function freePort(candidates: readonly number[]): Promise<number> {
  for (const port of candidates) {
    if (await isFree(port)) return port;
  }
  throw new Error(`None of the ports ${candidates.join(", ")} is free`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
