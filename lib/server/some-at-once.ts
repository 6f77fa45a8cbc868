/** Connections that a bulk job may take, so that other requests still find free ones. */
const atOnce = 4;

/**
 * Runs `work` on each item, a few at a time, and returns the results in order. Work that waits for commits can then share them. If one
 * fails, no other starts, and those under way finish before the error is thrown.
 */
export async function someAtOnce<T, R>(all: Iterable<T>, work: (one: T) => Promise<R>): Promise<R[]> {
  const left = [...all].entries();
  const results: R[] = [];
  const failed: unknown[] = [];
  const worker = async () => {
    for (const [n, one] of left) {
      if (failed.length > 0) return;
      try {
        results[n] = await work(one);
      } catch (error) {
        failed.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  if (failed.length > 0) throw failed[0];
  return results;
}
