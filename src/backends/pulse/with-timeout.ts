/** Waits for `promise`, and calls `onTimeout` (which should make it settle) when that takes longer. */
export async function withTimeout<Value>(
  promise: Promise<Value>,
  timeoutMs: number,
  onTimeout: () => void,
): Promise<Value> {
  const timer = setTimeout(onTimeout, timeoutMs);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}
