import type { RunSummary } from "@/lib/core/api/run";
import { csvCell } from "@/lib/core/format/csv-cell";
import { exactDollars } from "@/lib/core/format/format-money";

type Column = readonly [name: string, cell: (run: RunSummary) => string | number | null | undefined];

const columns: readonly Column[] = [
  ["id", (run) => run.id],
  ["external_id", (run) => run.externalId],
  ["name", (run) => run.name],
  ["status", (run) => run.status],
  ["dialect", (run) => run.dialect],
  ["source", (run) => run.source],
  ["environment", (run) => run.environment],
  ["agent", (run) => run.agent],
  ["session_id", (run) => run.sessionId],
  ["started_at", (run) => run.startedAt],
  ["ended_at", (run) => run.endedAt],
  ["duration_ms", (run) => run.durationMs],
  ["steps", (run) => run.steps],
  ["tool_calls", (run) => run.toolCalls],
  ["model_calls", (run) => run.modelCalls],
  ["errors", (run) => run.errors],
  ["tokens_input", (run) => run.tokens.input],
  ["tokens_cached_read", (run) => run.tokens.cachedRead],
  ["tokens_cached_write", (run) => run.tokens.cachedWrite],
  ["tokens_output", (run) => run.tokens.output],
  ["tokens_reasoning", (run) => run.tokens.reasoning],
  ["tokens_total", (run) => run.tokens.total],
  ["cost_reported_usd", (run) => exactDollars(run.cost.reportedNanos)],
  ["cost_estimated_usd", (run) => exactDollars(run.cost.estimatedNanos)],
  ["unpriced_calls", (run) => run.cost.unpricedCalls],
  ["models", (run) => run.models.join(" ")],
  ["last_event_at", (run) => run.lastEventAt],
  ["error", (run) => run.error?.message],
];

export const runCsvHead = `${columns.map(([name]) => name).join(",")}\r\n`;

/** A run as a line of CSV (RFC 4180). */
export function runCsvLine(run: RunSummary): string {
  return `${columns.map(([, cell]) => csvCell(cell(run))).join(",")}\r\n`;
}
