/** What `npm run simulate -- --help` prints. */
import { SCENARIOS } from "../scenarios/scenarios.ts";

const scenarios = Object.entries(SCENARIOS)
  .map(([name, { about }]) => `  ${name.padEnd(20)}${about}`)
  .join("\n");

export const HELP = `Usage: npm run simulate -- [options]

Plays Vonage against a Partyline: calls its numbers, obeys its NCCOs, reports by signed
webhooks, keeps the truth, and says whether the bridge's counts agree with it.
Exit code 0: they do.

Where
  --local                   build and start a bridge of its own, and write its lines
  --url URL                 a running one; http://localhost:8787 unless said otherwise
  --i-own-this-deployment   needed for a --url that is not on this machine
  --secret S, --token T     signature secret and API token; otherwise from the environment
                            (VONAGE_SIGNATURE_SECRET, API_TOKEN) or .dev.vars
  --line NUMBER=CONFERENCE  a line that exists; may be repeated. For town-hall, of each
                            conference first the guests' line, then the host's
  --lines N                 with --local: how many conferences (1)
  --answer-method M         GET or POST (GET)
  --event-method M          GET or POST (POST)
  --max-call-hours H        the bridge's MAX_CALL_HOURS (6); --local sets it
  --rest PORT               serve the carrier's REST side on 127.0.0.1 while the run lasts, for a
                            bridge that mutes, moves or hangs up its callers; 0 for any port
  --rest-key FILE           the key of its application, RSA, PEM, public or private; without
                            it a pair is made, and the run says where the private key is

What
  --scenario NAME           one of those below (standup)
  --calls N                 how many calls (40)
  --rate N                  calls in a second (20)
  --hold S                  how long a caller stays on average, in seconds of call time (60)
  --speed N                 seconds of call time in a second (20)
  --seed TEXT               the same seed decides the same (1)
  --json                    one JSON object as the last line

How badly delivered
  --chaos PROFILE           none, rough or vile (none); the rest changes single knobs of it,
                            probabilities from 0 to 1 unless said otherwise
  --duplicate P             an event comes two to four times
  --reorder P               an event is held back, up to 20 s of call time
  --past-the-end P          an event is held back until its call has ended
  --drop P                  an event is never sent
  --drop-only NAME          only such events, for example completed
  --unsigned P              no signature on any attempt but the last
  --slow-answer P           no attempt but the last is waited for
  --answer-twice P          an answer webhook is sent twice
  --leading-spaces P        numbers with a space in front
  --missing-fields P        each field that is not always there is left out
  --swapped-numbers P       from and to of an input event come the other way round
  --missing-timestamps P    an event has no time, or one that is no date
  --skew S                  each call's clock is off by up to that many seconds
  --clock-offset S          the carrier's clock is ahead by that many seconds

What the carrier's documents leave open (the first is the usual reading)
  --transfer                at-once, at-start (of the room), never
  --completed               named, origin: the conversation that it names
  --end-on-exit             at-once, late, no-completed: what is told of the others
  --conversation            kept, renewed: a name's id when everybody has left
  --conversation-events     recording, states-too, states-only: what its eventUrl gets
  --answered                after-answer, before-answer
  --rtc                     none, members: events of the RTC capability too
  --retry                   once, twice: how often a webhook that fails is tried again, after
                            time-outs, 429, 503, 504; any-error: once, after whatever error
  --get-hash                article, own-left-out, values-encoded, raw-query, absent

Scenarios
${scenarios}
`;
