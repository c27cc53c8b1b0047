/** How to reach the Outbox. There is one object, because the carrier's rate limits count the whole account. */

/** To be called for each request: a stub that has failed once may stay broken. */
export function outboxStub(env: Env) {
  return env.OUTBOX.getByName("account");
}
