import type { Cost, RunSummary } from "@/lib/core/api/run";

/** What the listed runs cost together: reported, estimated and unpriced each on its own. */
export function sumCosts(runs: readonly RunSummary[]): Cost {
  const sum = {
    reportedNanos: 0,
    estimatedNanos: 0,
    unpricedCalls: 0,
    runReportedNanos: null,
    callsReportedNanos: 0,
    agentsReportedNanos: 0,
  };
  for (const { cost } of runs) {
    sum.reportedNanos += cost.reportedNanos;
    sum.estimatedNanos += cost.estimatedNanos;
    sum.unpricedCalls += cost.unpricedCalls;
    sum.callsReportedNanos += cost.callsReportedNanos;
    sum.agentsReportedNanos += cost.agentsReportedNanos;
  }
  return sum;
}
