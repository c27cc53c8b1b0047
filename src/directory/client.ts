/** How the Directory is reached: there is one. */

/** A new stub each time: one that has failed once may stay broken. */
export function directoryStub(env: Env) {
  return env.DIRECTORY.getByName("all");
}
