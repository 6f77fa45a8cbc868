"use client";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useConnection } from "@/lib/client/hooks/use-connection";
import type { RunControl } from "@/lib/core/api/control";
import type { RunSummary } from "@/lib/core/api/run";
import type { RowState } from "@/lib/core/run/state";
import { ErrorCard } from "../attention/error-card";
import { RunControls } from "../control/run-controls";
import { RunHeader } from "../header/run-header";
import { RunSkeleton } from "./run-skeleton";
import { useRunView } from "./use-run-view";

type OpeningRunProps = {
  readonly run: RunSummary;
  readonly lifecycle: RowState["lifecycle"];
  readonly control: RunControl | null;
};

/** A long run whose rows are on their way: how it is, what it is called and what it has cost is known already. */
export function OpeningRun({ run, lifecycle, control }: OpeningRunProps) {
  const view = useRunView();
  const connection = useConnection();
  // Of an earlier moment nothing is known yet.
  if (view.at !== null) return <RunSkeleton />;
  const error = lifecycle.error ?? run.error ?? null;
  return (
    <div className="@container/run flex h-full min-h-0 flex-col overflow-clip bg-panel" aria-busy>
      <RunHeader
        {...{ run, connection }}
        state={{ lifecycle }}
        isPast={false}
        controls={control && <RunControls {...{ run, control }} />}
      />
      {run.status === "failed" && error && <ErrorCard error={error} failed={null} onShow={view.selectSpan} />}
      <div className="h-9 shrink-0 border-b bg-panel" />
      <SkeletonRows rows={14} className="min-h-0 flex-1 overflow-hidden pt-7" />
    </div>
  );
}
