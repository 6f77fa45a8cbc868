import type { RunSummary } from "@/lib/core/api/run";
import { isStalled } from "@/lib/core/run-query/match-run";
import { writePieces } from "../http/in-pieces";
import type { Sink } from "../live/sink";
import { services } from "../services";
import { listRuns } from "./list-runs";
import { runCsvHead, runCsvLine } from "./run-csv";
import type { RunFilter } from "./run-filter";

export const exportFormats = ["csv", "json"] as const;
export type ExportFormat = (typeof exportFormats)[number];

const pageSize = 500;

/**
 * Writes every run that matches the filter, newest first, page by page and as fast as the peer reads. A failure midway drops the
 * connection, so a partial file does not pass for a complete one.
 */
export async function exportRuns(sink: Sink, format: ExportFormat, asked: { projectId: string; filter: RunFilter }): Promise<void> {
  await writePieces(sink, exportChunks(format, asked));
}

async function* exportChunks(
  format: ExportFormat,
  { projectId, filter }: { projectId: string; filter: RunFilter },
): AsyncGenerator<string> {
  const nowMs = services().now();
  let cursor: string | undefined;
  let isFirst = true;
  yield format === "csv" ? runCsvHead : "[";
  do {
    const { runs, nextCursor } = await listRuns(projectId, filter, { limit: pageSize, cursor });
    const shown = runs.map((run) => (isStalled(run, nowMs) ? { ...run, status: "stalled" as const } : run));
    if (shown.length > 0) yield format === "csv" ? shown.map(runCsvLine).join("") : jsonLines(shown, isFirst);
    isFirst &&= runs.length === 0;
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
  if (format === "json") yield "\n]\n";
}

function jsonLines(runs: readonly RunSummary[], isFirst: boolean): string {
  return `${isFirst ? "\n" : ",\n"}${runs.map((run) => JSON.stringify(run)).join(",\n")}`;
}
