/** Connections that work on many things may take; what else the server is asked meanwhile finds some free. */
const atOnce = 4;

/**
 * Does this to each of many, a few at once, and gives the results in their order. What waits for commits then shares them. When one fails no
 * other is begun, and those that are under way are waited for before its error is thrown.
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
