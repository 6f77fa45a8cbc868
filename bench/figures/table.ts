import { type Baseline, driftOf } from "./baseline";
import { type Figure, formatTarget, formatValue, verdictOf } from "./figure";
import type { Report } from "./report";

const verdicts = { met: "met", missed: "MISSED", none: "" } as const;

function formatDrift(drift: number | null): string {
  return drift === null ? "" : `${drift >= 0 ? "+" : ""}${(drift * 100).toFixed(0)} %`;
}

function cellsOf(figure: Figure, baseline: Baseline | null): string[] {
  const drift = formatDrift(driftOf(figure, baseline));
  return [figure.label, formatValue(figure.value, figure.unit), formatTarget(figure), verdicts[verdictOf(figure)], drift];
}

/** The table for a terminal, with the drift of each ratio against the baseline. */
export function terminalTable(figures: readonly Figure[], baseline: Baseline | null): string {
  const rows = [["what", "measured", "target", "", "drift"], ...figures.map((figure) => cellsOf(figure, baseline))];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  return rows.map(line).join("\n");
}

/** The table for a document, with a line that says when and on what it was measured; `brief` = only what has a target. */
export function markdownTable(report: Report, brief = false): string {
  const { machine, node, takenAt } = report;
  const figures = brief ? report.figures.filter((figure) => verdictOf(figure) !== "none") : report.figures;
  const rows = figures.map((figure) => {
    const [label, value, target, verdict] = cellsOf(figure, null);
    return `| ${label} | ${value} | ${target} | ${verdict} |`;
  });
  return [
    `Measured on ${takenAt.slice(0, 10)}: ${machine.cores} cores (${machine.cpu.trim()}), ${machine.memoryGb} GB, Node ${node.slice(1)}; load generator, server and database share the cores.`,
    "",
    "| what | measured | target | |",
    "| --- | ---: | ---: | --- |",
    ...rows,
  ].join("\n");
}
