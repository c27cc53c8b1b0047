/** Which conference one of the carrier's conversations belongs to, as the directory has learnt from admitted callers. */
import { directoryStub } from "../directory/client.ts";
import { withTimeout } from "../lib/deadline.ts";
import { log, reasonOf } from "../lib/log.ts";
import type { InConference } from "./outcome.ts";

/** Generous: only an alarm asks the directory, and no caller waits for it. */
const DIRECTORY_MS = 2_000;

/** Null if no admitted caller was moved there yet, or if the directory does not answer. */
export async function roomOf(
  env: Env,
  conversation: string,
  at: number,
): Promise<InConference | null> {
  try {
    const asked = directoryStub(env).conferenceOf(conversation);
    const conference = await withTimeout(DIRECTORY_MS, asked);
    if (conference === null) return null;
    // `guessed`, as where a line tells: the leg's own answer webhook may still say otherwise.
    return { kind: "conference", conference, room: { conference }, at, guessed: true };
  } catch (error) {
    log("directory did not answer", { reason: reasonOf(error) });
    return null;
  }
}
