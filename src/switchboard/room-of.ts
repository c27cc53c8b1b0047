/** The room that a conversation of the carrier's is, as those who were let in have shown. */
import { directoryStub } from "../directory/client.ts";
import { withTimeout } from "../lib/deadline.ts";
import { log, reasonOf } from "../lib/log.ts";
import type { InConference } from "./admission.ts";

/** The directory is asked from an alarm alone, where nobody waits. */
const DIRECTORY_MS = 2_000;

/** Null where nobody has come into it yet, and where the directory does not answer: a leg does not wait for that. */
export async function roomOf(
  env: Env,
  conversation: string,
  at: number,
): Promise<InConference | null> {
  try {
    const asked = directoryStub(env).conferenceOf(conversation);
    const conference = await withTimeout(DIRECTORY_MS, asked);
    if (conference === null) return null;
    // As sure as a line's word for it: the leg's own answer may still say otherwise.
    return { kind: "conference", conference, line: { conference }, at, guessed: true };
  } catch (error) {
    log("directory did not answer", { reason: reasonOf(error) });
    return null;
  }
}
