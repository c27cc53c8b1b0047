/** Whether what is shown is so now; and if not, as of when it was. */
import type { FeedStatus } from "../feed/reconnecting-feed.ts";
import { now } from "../shell/clock.ts";
import { isFinal, type Watched } from "../shell/use-feed.ts";
import { momentOf } from "../shell/times.ts";
import { Icon } from "./icon.tsx";

const WORDS = {
  connecting: "Connecting",
  live: "Up to date",
  stale: "Out of date",
  broken: "Connection lost",
} as const;

/** In a word, beside a view's heading. */
export function FeedWord({ status }: { status: FeedStatus }) {
  return (
    <span class={`feed-word feed-${status.kind}`}>
      <Icon name={status.kind === "live" ? "live" : "alert"} />
      {WORDS[status.kind]}
    </span>
  );
}

/** Read out when it comes up; it holds no counter, which would be read out every second. */
export function FeedBanner(props: Pick<Watched<unknown>, "status" | "refusal" | "retry">) {
  const { status, refusal, retry } = props;
  const isWrong = status.kind === "stale" || status.kind === "broken";
  const isOver = refusal !== null && isFinal(refusal);
  return (
    <div role="status" aria-label="State of the connection">
      {isWrong && (
        <div class="feed-banner">
          <Icon name="alert" />
          <p>
            <strong>{WORDS[status.kind]}.</strong> {refusal?.detail} {!isOver && sinceWhen(status)}{" "}
            {!isOver && "The page keeps trying."}
          </p>
          {!isOver && (
            <button type="button" class="secondary outline" onClick={retry}>
              Try now
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function sinceWhen({ heardAt }: FeedStatus): string {
  return heardAt === null
    ? "Nothing could be read from the Worker yet."
    : `What is shown was so at ${momentOf(heardAt, now())}.`;
}
