/** Times that update by themselves. The exact time is in `datetime` and in the tooltip. */
import { useTicking } from "../shell/clock.ts";
import { agoOf, fullMomentOf, lengthOf } from "../shell/times.ts";

/** `at`: ISO 8601. */
export function Ago({ at }: { at: string }) {
  const time = Date.parse(at);
  const words = useTicking((now) => agoOf(now - time));
  return (
    <time dateTime={at} title={fullMomentOf(time)}>
      {words}
    </time>
  );
}

/** The time since a moment. `since`: ISO 8601. */
export function LengthSince({ since }: { since: string }) {
  const time = Date.parse(since);
  const words = useTicking((now) => lengthOf(now - time));
  return (
    <time dateTime={since} title={`since ${fullMomentOf(time)}`}>
      {words}
    </time>
  );
}
