/**
 * Runs `action` while no other process holds the lock of `file`. A lock whose owner was killed is
 * taken over after some seconds.
 *
 * @throws Error when the lock can't be had within about half a minute.
 */
export async function withLock(file: string, action: () => Promise<void>): Promise<void> {
  const { lock } = await import("proper-lockfile");
  const release = await lock(file, {
    realpath: false,
    stale: 5000,
    retries: { retries: 600, factor: 1.2, minTimeout: 5, maxTimeout: 100, randomize: true },
  });
  try {
    await action();
  } finally {
    await release();
  }
}
