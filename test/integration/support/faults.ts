/** Faults at the platform's edges: a KV namespace and a Durable Object namespace that misbehave as told. */
import { env } from "cloudflare:workers";
import { vi } from "vitest";

export type Fault = "throws" | "hangs";

function never(): Promise<never> {
  return new Promise(() => undefined);
}

function failing(fault: Fault): Promise<never> {
  return fault === "hangs" ? never() : Promise.reject(new Error("the platform is unwell"));
}

/** `LINES` whose first `times` reads misbehave. */
export function faultyLines(fault: Fault, times = Number.POSITIVE_INFINITY): KVNamespace {
  let reads = 0;
  return new Proxy(env.LINES, {
    get: (target, name) => (keys: string) => {
      if (name !== "get") throw new Error(`unexpected ${String(name)}`);
      reads += 1;
      return reads <= times ? failing(fault) : target.get(keys);
    },
  });
}

type Switchboards = Env["SWITCHBOARD"];

/** `SWITCHBOARD` of which each call goes through `around`, which may fail, hang, or pass it on when it likes. */
export function faultySwitchboard(
  around: (call: () => Promise<unknown>) => Promise<unknown>,
): Switchboards {
  return new Proxy(env.SWITCHBOARD, {
    get: (namespace, name) => {
      if (name !== "getByName") throw new Error(`unexpected ${String(name)}`);
      return (shard: string) =>
        new Proxy(namespace.getByName(shard), {
          get:
            (stub, method) =>
            (...given: unknown[]) =>
              around(() =>
                (Reflect.get(stub, method) as (...args: unknown[]) => Promise<unknown>)(...given),
              ),
        });
    },
  });
}

/** The same whose first `times` calls misbehave. */
export function brokenSwitchboard(fault: Fault, times = Number.POSITIVE_INFINITY): Switchboards {
  let calls = 0;
  return faultySwitchboard((call) => {
    calls += 1;
    return calls <= times ? failing(fault) : call();
  });
}

/** From now on timers and the clock go only as `elapse` lets them. */
export function stopTime(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: Date.now() });
}

/**
 * Lets time go on in small steps until `work` is done, at most `mostMs`, and lets what the platform does get done
 * between the steps. How long it took by that clock, in milliseconds.
 *
 * @throws when the work is not done by then.
 */
export async function elapse<T>(
  work: Promise<T>,
  mostMs: number,
): Promise<{ value: T; ms: number }> {
  let done: { value: T } | null = null;
  let failure: { error: unknown } | null = null;
  work.then(
    (value) => (done = { value }),
    (error: unknown) => (failure = { error }),
  );
  const STEP_MS = 50;
  for (let ms = 0; ms <= mostMs; ms += STEP_MS) {
    // A read of KV takes its turn behind whatever else the platform has under way.
    for (let turn = 0; turn < 5; turn++) await env.LINES.get("a-turn");
    if (failure !== null) throw (failure as { error: unknown }).error;
    if (done !== null) return { value: (done as { value: T }).value, ms };
    await vi.advanceTimersByTimeAsync(STEP_MS);
  }
  throw new Error(`not done after ${mostMs} ms`);
}
