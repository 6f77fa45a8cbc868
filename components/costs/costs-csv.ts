import type { CostFigures, CostReport } from "@/lib/core/api/costs";

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

/** The table as CSV (RFC 4180), money in whole nano-dollars, so that nothing is rounded. */
export function costsCsv({ groupBy, groups, rest, totals }: CostReport): string {
  const line = (label: string, figures: CostFigures) => [cell(label), ...columns.map((column) => String(figures[column]))].join(",");
  const lines = [[groupBy, ...columns].join(","), ...groups.map((group) => line(group.label, group.figures))];
  if (rest.groups > 0) lines.push(line(`(${rest.groups} others)`, rest.figures));
  lines.push(line("(all)", totals));
  return `${lines.join("\r\n")}\r\n`;
}

// A name of an agent is untrusted: a spreadsheet would run one that begins like a formula.
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
