import { Hourglass } from "lucide-react";
import { useNow } from "@/lib/client/hooks/use-now";
import { formatDuration, formatTicking } from "@/lib/core/format/format-duration";
import { stallVerdict } from "@/lib/core/run/stall";
import type { RowState } from "@/lib/core/run/state";

const tickMs = 5_000;

/** Says that the run has been silent for too long, and what too long is. A wait for a human has its own banner. */
export function StallNote({ state }: { readonly state: Pick<RowState, "lifecycle"> }) {
  const verdict = stallVerdict(state, useNow(tickMs));
  if (verdict?.kind !== "silent") return null;
  return (
    <span
      className="figures inline-flex shrink-0 items-center gap-1 text-stalled"
      title={`this run counts as stalled after ${formatDuration(verdict.thresholdMs)}`}
    >
      <Hourglass aria-hidden size={13} />
      silent for {formatTicking(verdict.forMs)}
    </span>
  );
}
