/** How other code reaches the Directory, of which there is one. */

/** A new stub each time: after a failure a stub may stay broken. */
export function directoryStub(env: Env) {
  return env.DIRECTORY.getByName("all");
}
