import type { AlertMessage } from "@/lib/core/alerts/message";

/** A message as a rule would send it, that says what it is. */
export function testAlert(nowMs: number, publicUrl: string): AlertMessage {
  const nobody = "00000000-0000-0000-0000-000000000000";
  return {
    ...{ alertId: nobody, ruleId: nobody, ruleName: "Watchfloor reaches this channel", kind: "run-failed", step: "fired", level: "alert" },
    ...{ value: 1, threshold: 1, windowMinutes: 15, about: "none, this is only a test", runId: null, runUrl: null },
    ...{ atMs: nowMs, alertUrl: `${publicUrl}/alerts`, isTest: true },
  };
}
