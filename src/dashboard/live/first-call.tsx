/** How to make the first call, with the URLs to give to the carrier. */
import { Copy } from "../components/copy.tsx";
import { hrefOf } from "../shell/route.ts";
import { useSession } from "../shell/session.ts";

/** Shown while no conference is live. */
export function FirstCall() {
  return (
    <section class="first-call" aria-labelledby="first-call">
      <h3 id="first-call">Nobody is in a conference</h3>
      <p>As soon as somebody calls, they are here. If nobody ever has:</p>
      <ol>
        <li>
          <strong>Point the carrier here.</strong> In the Vonage application that your number is
          linked to, switch signed callbacks on and enter these addresses, each with POST.
          <Webhooks />
        </li>
        <li>
          <strong>Give the number a line.</strong> Under{" "}
          <a href={hrefOf({ view: "lines", number: null })}>Lines</a>, say which conference callers
          of the number come into.
        </li>
        <li>
          <strong>Dial it.</strong> You hear a greeting, and are in. If not, the reason is among the
          problems.
        </li>
      </ol>
    </section>
  );
}

export function Webhooks() {
  const { answer, event, fallback } = useSession().webhooks;
  return (
    <dl class="webhooks">
      <dt>Answer URL</dt>
      <dd>
        <Copy name="Answer URL" text={answer} />
      </dd>
      <dt>Event URL</dt>
      <dd>
        <Copy name="Event URL" text={event} />
      </dd>
      <dt>Fallback URL</dt>
      <dd>
        <Copy name="Fallback URL" text={fallback} />
      </dd>
    </dl>
  );
}
