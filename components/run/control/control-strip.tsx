"use client";
import { SourceCalls } from "@/components/approvals/source-calls";
import { RelativeTime } from "@/components/ui/figures";
import { LegLine } from "@/components/ui/leg-line";
import { SafeText } from "@/components/ui/safe-text";
import type { Control } from "@/lib/core/api/control";
import type { RunStatus } from "@/lib/core/run/status";
import { askedWords, legsOf, outcomeWords } from "./control-words";

/** Whether a request still says something about how the run stands. */
function isTold({ action, outcome }: Control, status: RunStatus): boolean {
  if (outcome === "open" || outcome === "ended") return true;
  return (action === "pause" && status === "paused") || (action === "cancel" && status === "cancelled");
}

type ControlStripProps = { readonly runId: string; readonly control: Control; readonly status: RunStatus };

/** The latest request: who asked for what, why, and how far it came. */
export function ControlStrip({ runId, control, status }: ControlStripProps) {
  if (!isTold(control, status)) return null;
  return (
    <section
      aria-label="Control request"
      className="flex shrink-0 flex-wrap items-center gap-x-5 gap-y-1 border-b bg-inset px-3 py-1.5 text-meta sm:px-4 sm:pl-12"
    >
      <p className="min-w-0">
        <span className="font-medium">{askedWords[control.action]}</span> <span className="text-muted">by</span>{" "}
        <SafeText text={control.requestedBy} />{" "}
        <span className="text-muted">
          <RelativeTime at={control.requestedAt} />
        </span>
        {control.reason && (
          <span className="text-muted">
            {": "}
            <SafeText text={control.reason} />
          </span>
        )}
      </p>
      <LegLine label="Receipt of the control request" legs={legsOf(control)} since={control.requestedAt} />
      <SourceCalls about={`/api/runs/${runId}/control/${control.id}`} needs="control" mayResend={control.outcome === "open"} />
      {outcomeWords[control.outcome] && <p className="text-muted">{outcomeWords[control.outcome]}</p>}
    </section>
  );
}
