import type { RunSummary } from "@/lib/core/api/run";
import { formatDuration } from "@/lib/core/format/format-duration";
import { formatMoney } from "@/lib/core/format/format-money";
import { formatTokens } from "@/lib/core/format/format-tokens";

/** What B has more or less than A. */
export type Difference = {
  /** `+1.2 s`, `−340`, `same`. */
  readonly text: string;
  /** `+25 %`; null where A has none. */
  readonly share: string | null;
} | null;

export type FigureKey = "duration" | "cost" | "tokens" | "steps" | "tools" | "models" | "errors" | "agents";
export type ComparedFigure = { readonly key: FigureKey; readonly label: string; readonly difference: Difference };

/** The figures of two runs and how far B is from A; null where one of them is not known, or not yet. */
export function prepareFigures(a: RunSummary, b: RunSummary): readonly ComparedFigure[] {
  const counted = (value: number) => value.toLocaleString("en");
  return [
    { key: "duration", label: "Duration", difference: differ(a.durationMs, b.durationMs, formatDuration) },
    { key: "cost", label: "Cost", difference: differ(knownCost(a), knownCost(b), (nanos) => formatMoney(nanos)) },
    { key: "tokens", label: "Tokens", difference: differ(knownTokens(a), knownTokens(b), formatTokens) },
    { key: "steps", label: "Steps", difference: differ(a.steps, b.steps, counted) },
    { key: "tools", label: "Tool calls", difference: differ(a.toolCalls, b.toolCalls, counted) },
    { key: "models", label: "Model calls", difference: differ(a.modelCalls, b.modelCalls, counted) },
    { key: "agents", label: "Agents", difference: differ(a.agents, b.agents, counted) },
    { key: "errors", label: "Errors", difference: differ(a.errors, b.errors, counted) },
  ];
}

/** Reported and estimated together; null where part of it has no price or nothing was reported at all. */
function knownCost({ cost }: RunSummary): number | null {
  const nanos = cost.reportedNanos + cost.estimatedNanos;
  return cost.unpricedCalls > 0 || nanos === 0 ? null : nanos;
}

function knownTokens({ tokens }: RunSummary): number | null {
  return tokens.total === 0 ? null : tokens.total;
}

export function differ(a: number | null, b: number | null, format: (size: number) => string): Difference {
  if (a === null || b === null) return null;
  if (a === b) return { text: "same", share: null };
  const sign = b > a ? "+" : "−";
  const percent = Math.round((Math.abs(b - a) / a) * 100);
  return { text: sign + format(Math.abs(b - a)), share: a === 0 || percent === 0 || percent > 9_999 ? null : `${sign}${percent} %` };
}
