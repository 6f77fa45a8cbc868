import type { Span } from "@/lib/core/run/timeline-state";

export type Density = {
  /** Work per column, 0..1 of the busiest one. */
  readonly columns: Float32Array;
  /** 1 where something failed. */
  readonly errors: Uint8Array;
};

type Worked = Pick<Span, "kind" | "status" | "startMs" | "endMs">;
type Stretch = {
  /** Where on the axis the strip begins, and how much of it that is. */
  readonly fromMs: number;
  readonly lengthMs: number;
  readonly columns: number;
  /** Where on the axis a moment of the run stands. */
  readonly place: (ms: number) => number;
};

/** How much went on when: spans at work per column of time. Agents and steps only hold others and waits are no work: none is counted. */
export function prepareDensity(spans: readonly Worked[], { fromMs, lengthMs, columns, place }: Stretch): Density {
  const changes = new Float32Array(columns + 1);
  const errors = new Uint8Array(columns);
  const columnOf = (ms: number) => Math.min(columns - 1, Math.max(0, Math.floor(((place(ms) - fromMs) / Math.max(1, lengthMs)) * columns)));
  for (const { kind, status, startMs, endMs } of spans) {
    const first = columnOf(startMs);
    const last = columnOf(endMs ?? startMs);
    if (status === "failed" || kind === "error") errors[last] = 1;
    if (kind === "agent" || kind === "step" || kind === "wait") continue;
    changes[first] = (changes[first] ?? 0) + 1;
    changes[last + 1] = (changes[last + 1] ?? 0) - 1;
  }
  const busy = new Float32Array(columns);
  let now = 0;
  let most = 0;
  for (let column = 0; column < columns; column += 1) {
    now += changes[column] ?? 0;
    busy[column] = now;
    most = Math.max(most, now);
  }
  return { columns: most === 0 ? busy : busy.map((value) => value / most), errors };
}
