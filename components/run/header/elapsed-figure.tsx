import { Timer } from "lucide-react";
import { useNow } from "@/lib/client/hooks/use-now";
import type { RunSummary } from "@/lib/core/api/run";
import { formatLength, formatTicking } from "@/lib/core/format/format-duration";
import { isTerminal } from "@/lib/core/run/status";
import { elapsedMs } from "./run-clock";

/** How long the run took or has been running; ticks alone. */
export function ElapsedFigure({ run }: { readonly run: RunSummary }) {
  const over = isTerminal(run.status);
  const isKnown = over || run.durationMs !== null;
  const nowMs = useNow(isKnown ? null : 1_000);
  const ms = elapsedMs(run, nowMs);
  // What one event told of had no length.
  if (ms === 0 && run.lastSeq <= 1) return null;
  if (ms === null) return <span className="text-faint">not started</span>;
  return (
    <span className="figures inline-flex items-center gap-1 whitespace-nowrap" title={run.startedAt ? `since ${run.startedAt}` : undefined}>
      <Timer aria-label={over ? "took" : "running for"} role="img" size={13} className="text-faint" />
      {isKnown ? formatLength(ms) : formatTicking(ms)}
    </span>
  );
}
