import type { CostFigures, CostPoint, CostReport } from "@/lib/core/api/costs";
import { csvCell } from "@/lib/core/format/csv-cell";
import { exactDollars } from "@/lib/core/format/format-money";

type Column<Figures> = readonly [name: string, cell: (figures: Figures) => string];

/** As the CSV of the runs names and writes them: dollars with all nine decimals, so that nothing is rounded. */
const moneyColumns: readonly Column<Pick<CostFigures, "reportedNanos" | "estimatedNanos" | "unpriced">>[] = [
  ["cost_reported_usd", ({ reportedNanos }) => exactDollars(reportedNanos)],
  ["cost_estimated_usd", ({ estimatedNanos }) => exactDollars(estimatedNanos)],
  ["unpriced", ({ unpriced }) => String(unpriced)],
];

const groupColumns: readonly Column<CostFigures>[] = [
  ["reports", ({ reports }) => String(reports)],
  ["tokens_total", ({ tokens }) => String(tokens)],
  ["tokens_input", ({ input }) => String(input)],
  ["tokens_cached_read", ({ cachedRead }) => String(cachedRead)],
  ["tokens_cached_write", ({ cachedWrite }) => String(cachedWrite)],
  ["tokens_output", ({ output }) => String(output)],
  ["tokens_reasoning", ({ reasoning }) => String(reasoning)],
  ...moneyColumns,
];

const pointColumns: readonly Column<CostPoint>[] = [["tokens_total", ({ tokens }) => String(tokens)], ...moneyColumns];

/** The table of the groups as CSV (RFC 4180). Names of agents are untrusted. */
export function costsCsv({ groupBy, groups, rest, totals }: CostReport): string {
  const line = (label: string, figures: CostFigures) => lineOf([label], groupColumns, figures);
  const lines = groups.map(({ label, figures }) => line(label, figures));
  if (rest.groups > 0) lines.push(line(`(${rest.groups} others)`, rest.figures));
  return fileOf([groupBy], groupColumns, [...lines, line("(all)", totals)]);
}

/** The chart as CSV: a line for each group of each bar that has one, the starts of the bars in UTC. */
export function pointsCsv({ bucket, groupBy, groups, points }: CostReport): string {
  const lines = points.map((point) => lineOf([point.at, groups[point.group]?.label ?? "(all others)"], pointColumns, point));
  return fileOf([bucket, groupBy], pointColumns, lines);
}

function lineOf<Figures>(words: readonly string[], columns: readonly Column<Figures>[], figures: Figures): string {
  return [...words.map(csvCell), ...columns.map(([, cell]) => cell(figures))].join(",");
}

function fileOf<Figures>(words: readonly string[], columns: readonly Column<Figures>[], lines: readonly string[]): string {
  const head = [...words, ...columns.map(([name]) => name)].join(",");
  return `${[head, ...lines].join("\r\n")}\r\n`;
}
