/** Times that go on by themselves. The exact moment is in `datetime`, and shown to those who point at it. */
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

/** For how long it has been so. `since`: ISO 8601. */
export function LengthSince({ since }: { since: string }) {
  const time = Date.parse(since);
  const words = useTicking((now) => lengthOf(now - time));
  return (
    <time dateTime={since} title={`since ${fullMomentOf(time)}`}>
      {words}
    </time>
  );
}
