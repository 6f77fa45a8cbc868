import { cpus, totalmem } from "node:os";
import { z } from "zod";
import { type Figure, units } from "./figure";

const Target = z.union([z.object({ atLeast: z.number() }), z.object({ atMost: z.number() })]);
const StoredFigure = z.object({ id: z.string(), label: z.string(), value: z.number(), unit: z.enum(units), target: Target.optional() });

/** One run of the benchmarks, as bench/results/latest.json holds it. */
export const Report = z.object({
  takenAt: z.string(),
  node: z.string(),
  machine: z.object({ cpu: z.string(), cores: z.number(), memoryGb: z.number() }),
  figures: z.array(StoredFigure),
});
export type Report = z.infer<typeof Report>;

export function reportOf(figures: readonly Figure[], takenAt: Date): Report {
  const processors = cpus();
  return {
    takenAt: takenAt.toISOString(),
    node: process.version,
    machine: { cpu: processors[0]?.model ?? "unknown", cores: processors.length, memoryGb: Math.round(totalmem() / 1024 ** 3) },
    figures: [...figures],
  };
}

/** The figures of a new run laid over those of an earlier one: suites that did not run keep their last figures. */
export function mergeFigures(before: readonly Figure[], now: readonly Figure[]): Figure[] {
  const fresh = new Map(now.map((figure) => [figure.id, figure]));
  const kept = before.map((figure) => fresh.get(figure.id) ?? figure);
  const known = new Set(before.map((figure) => figure.id));
  return [...kept, ...now.filter((figure) => !known.has(figure.id))];
}
