"use client";
import { StatusText } from "@/components/ui/status";
import { useNow } from "@/lib/client/hooks/use-now";
import type { RunSummary } from "@/lib/core/api/run";
import { formatTicking } from "@/lib/core/format/format-duration";
import { isStalled } from "@/lib/core/run-query/match-run";

const tickMs = 5_000;

/** The run's status now: one that has been silent for too long is stalled, whatever it said last, with the reason on hover. */
export function RunStanding({ run }: { readonly run: RunSummary }) {
  const nowMs = useNow(run.stallsAt ? tickMs : null);
  if (!isStalled(run, nowMs)) return <StatusText status={run.status} />;
  return <StatusText status="stalled" title={stallReason(run, nowMs)} />;
}

/** "silent for 4 m 10 s; this run counts as stalled after 2 m". */
export function stallReason(run: Pick<RunSummary, "stallsAt" | "lastReceivedAt" | "activity">, nowMs: number): string {
  const heardMs = Date.parse(run.lastReceivedAt ?? "");
  const thresholdMs = Date.parse(run.stallsAt ?? "") - heardMs;
  const during = run.activity ? `\nlast: ${run.activity}` : "";
  return `silent for ${formatTicking(nowMs - heardMs)}; this run counts as stalled after ${formatTicking(thresholdMs)}${during}`;
}
