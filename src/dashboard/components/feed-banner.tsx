/** Shows whether the view is up to date, and if not, from when it is. */
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

/** The status in a word, beside a view's heading. */
export function FeedWord({ status }: { status: FeedStatus }) {
  return (
    <span class={`feed-word feed-${status.kind}`}>
      <Icon name={status.kind === "live" ? "live" : "alert"} />
      {WORDS[status.kind]}
    </span>
  );
}

/** Announced by screen readers. It has no counter, which would be announced every second. */
export function FeedBanner(props: Pick<Watched<unknown>, "status" | "error" | "retry">) {
  const { status, error, retry } = props;
  const isWrong = status.kind === "stale" || status.kind === "broken";
  const isOver = error !== null && isFinal(error);
  return (
    <div role="status" aria-label="State of the connection">
      {isWrong && (
        <div class="feed-banner">
          <Icon name="alert" />
          <p>
            <strong>{WORDS[status.kind]}.</strong> {error?.detail} {!isOver && sinceWhen(status)}{" "}
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
