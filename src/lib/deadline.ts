/** Work that did not end in its time. The work itself goes on; only the waiting stops. */
export class DeadlineExceeded extends Error {
  override readonly name = "DeadlineExceeded";
}

/**
 * Waits for `work`, but no longer than `ms` milliseconds.
 *
 * @throws DeadlineExceeded when the time is up; whatever `work` rejects with, when it does so in time. A rejection
 * that comes later is swallowed, since nobody waits for it any more.
 */
export async function withTimeout<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const expiry = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineExceeded(`no answer withTimeout ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, expiry]);
  } finally {
    clearTimeout(timer);
  }
}
