import { existsSync, readFileSync } from "node:fs";

/** Ticks of all processors since the machine started; `stolen` are those in which the host gave a virtual machine's processor to others. */
export type Ticks = { readonly all: number; readonly stolen: number };

/** The first line of Linux's /proc/stat (proc(5)): user nice system idle iowait irq softirq steal; guests' time is in user's already. */
export function ticksIn(stat: string): Ticks {
  const ticks = stat.split("\n", 1)[0]?.trim().split(/\s+/).slice(1, 9).map(Number) ?? [];
  return { all: ticks.reduce((sum, each) => sum + each, 0), stolen: ticks[7] ?? 0 };
}

/** Null where the system does not say. */
export function readTicks(): Ticks | null {
  return existsSync("/proc/stat") ? ticksIn(readFileSync("/proc/stat", "utf8")) : null;
}

/** From this share on a figure says more of the host than of what is measured. */
const muchPercent = 5;

/** What a person has to know who reads figures taken between these; empty when the host took next to nothing. */
export function stolenWords(from: Ticks | null, to: Ticks | null): string {
  if (!from || !to || to.all <= from.all) return "";
  const percent = Math.round((100 * (to.stolen - from.stolen)) / (to.all - from.all));
  if (percent < 1) return "";
  return `, ${percent} % of the processors taken by the host${percent >= muchPercent ? ": measure again when it is quiet" : ""}`;
}
