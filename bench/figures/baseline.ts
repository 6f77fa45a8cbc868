import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { Figure } from "./figure";

/** Ratios by figure id: what a later run is compared with. Absolute figures are not kept, a machine's speed drifts too much. */
export const Baseline = z.object({ takenAt: z.string(), ratios: z.record(z.string(), z.number()) });
export type Baseline = z.infer<typeof Baseline>;

export function readBaseline(path: string): Baseline | null {
  return existsSync(path) ? Baseline.parse(JSON.parse(readFileSync(path, "utf8"))) : null;
}

/** Keeps the ratios of a run; those of suites that did not run stay. */
export function writeBaseline(path: string, figures: readonly Figure[], takenAt: Date): void {
  const ratios = Object.fromEntries(
    figures.filter((figure) => figure.unit === "ratio").map((figure) => [figure.id, Number(figure.value.toFixed(4))]),
  );
  const baseline: Baseline = { takenAt: takenAt.toISOString(), ratios: { ...readBaseline(path)?.ratios, ...ratios } };
  writeFileSync(path, `${JSON.stringify(baseline, null, 2)}\n`);
}

/** Change of a ratio against the baseline: 0.1 = ten percent higher; null when there is nothing to compare. */
export function driftOf(figure: Figure, baseline: Baseline | null): number | null {
  const before = baseline?.ratios[figure.id];
  return figure.unit !== "ratio" || before === undefined || before === 0 ? null : figure.value / before - 1;
}
