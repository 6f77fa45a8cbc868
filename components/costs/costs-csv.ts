import type { CostFigures, CostReport } from "@/lib/core/api/costs";
import { csvCell } from "@/lib/core/format/csv-cell";

const columns: readonly (keyof CostFigures)[] = [
  "reports",
  "tokens",
  "input",
  "cachedRead",
  "cachedWrite",
  "output",
  "reasoning",
  "reportedNanos",
  "estimatedNanos",
  "unpriced",
];

/** The table as CSV (RFC 4180), money in whole nano-dollars, so that nothing is rounded. Names of agents are untrusted. */
export function costsCsv({ groupBy, groups, rest, totals }: CostReport): string {
  const line = (label: string, figures: CostFigures) => [csvCell(label), ...columns.map((column) => String(figures[column]))].join(",");
  const lines = [[groupBy, ...columns].join(","), ...groups.map((group) => line(group.label, group.figures))];
  if (rest.groups > 0) lines.push(line(`(${rest.groups} others)`, rest.figures));
  lines.push(line("(all)", totals));
  return `${lines.join("\r\n")}\r\n`;
}
