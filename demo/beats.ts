import type { JsonObject } from "@/lib/core/json";
import type { Beat } from "./scenario";

export function beat(afterMs: number, event: JsonObject): Beat {
  return { afterMs, event };
}

/** Several lines of events that happen side by side, as one line in the order of time. */
export function parallel(...lines: readonly (readonly Beat[])[]): Beat[] {
  const timed = lines.flatMap((line) => {
    let atMs = 0;
    return line.map((one) => {
      atMs += one.afterMs;
      return { atMs, event: one.event };
    });
  });
  timed.sort((left, right) => left.atMs - right.atMs);
  let beforeMs = 0;
  return timed.map(({ atMs, event }) => {
    const afterMs = atMs - beforeMs;
    beforeMs = atMs;
    return { afterMs, event };
  });
}

/** How long a line of events takes from its start. */
export function lengthMs(line: readonly Beat[]): number {
  return line.reduce((sum, one) => sum + one.afterMs, 0);
}
