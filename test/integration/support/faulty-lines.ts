/** `LINES` of which some operations fail, hang, or are counted. */
import { env } from "cloudflare:workers";
import type { Fault } from "./faults.ts";

type Operation = "get" | "list" | "put" | "delete";

/** From the call numbered `from` (of this operation, counted from 1) on, it misbehaves. */
export function linesFailing(
  operation: Operation,
  from = 1,
  fault: Fault = "throws",
): { lines: KVNamespace; calls: () => Readonly<Record<Operation, number>> } {
  const calls: Record<Operation, number> = { get: 0, list: 0, put: 0, delete: 0 };
  const lines = new Proxy(env.LINES, {
    get:
      (target, name: Operation) =>
      async (...given: unknown[]) => {
        calls[name] += 1;
        if (name === operation && calls[name] >= from) {
          if (fault === "hangs") await new Promise(() => undefined);
          throw new Error("the platform is unwell");
        }
        return await (Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>).apply(
          target,
          given,
        );
      },
  });
  return { lines, calls: () => calls };
}
