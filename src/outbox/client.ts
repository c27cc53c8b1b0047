/** How the Outbox is reached: there is one, because the carrier's limits count the account. */

/** A new stub each time: one that has failed once may stay broken. */
export function outboxStub(env: Env) {
  return env.OUTBOX.getByName("account");
}
