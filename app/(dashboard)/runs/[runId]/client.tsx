"use client";
import { useMemo } from "react";
import { usePageTitle } from "@/components/layout/use-page-title";
import { OpeningRun } from "@/components/run/page/opening-run";
import { RunSkeleton } from "@/components/run/page/run-skeleton";
import { UnknownRun } from "@/components/run/page/unknown-run";
import { RunPage } from "@/components/run/run-page";
import { ErrorState } from "@/components/ui/error-state";
import { statusLooks } from "@/components/ui/status";
import { ApiError } from "@/lib/client/hooks/api-error";
import { useProjectsWith } from "@/lib/client/hooks/use-projects";
import { type RunOpening, type RunSnapshot, useRunSnapshot, useRunState } from "@/lib/client/hooks/use-run-state";
import type { ApprovalList } from "@/lib/core/api/approval";
import type { RunControl } from "@/lib/core/api/control";
import type { RunSummary } from "@/lib/core/api/run";
import { parseExact } from "@/lib/core/exact-json";

type RunClientProps = {
  readonly runId: string;
  /** What the server read while it rendered; without it the browser reads it. */
  readonly initial?: RunSnapshot;
  /** Of a run whose rows the browser reads: the rest, as the server found it. */
  readonly opening?: RunOpening;
  /** The requests that wait, as text of the API's answer; null = the browser reads them. */
  readonly asked?: string | null;
  /** What may be asked of the run; null = the browser reads it. */
  readonly control?: RunControl | null;
};

export function RunClient({ runId, initial, opening, asked = null, control = null }: RunClientProps) {
  const { data: snapshot, error, refetch } = useRunSnapshot(runId, { initial, opening });
  const isUnknown = error instanceof ApiError && error.status === 404;
  const elsewhere = useProjectsWith(runId, isUnknown && !snapshot);
  if (snapshot) return <LiveRun snapshot={snapshot} asked={asked} control={control} />;
  if (isUnknown && elsewhere.list.isPending) return <RunSkeleton />;
  if (isUnknown) return <UnknownRun runId={runId} elsewhere={elsewhere.list.data ?? []} opening={elsewhere.open} />;
  if (error) {
    return (
      <ErrorState
        title="This run could not be loaded."
        error={error}
        kept="Its events are safe."
        onRetry={() => void refetch()}
        className="m-4"
      />
    );
  }
  return opening ? <ComingRun {...{ opening, control }} /> : <RunSkeleton />;
}

const longestName = 80;

const titleOf = (run: RunSummary) => `${statusLooks[run.status].word}: ${run.name.slice(0, longestName)} · Watchfloor`;

function ComingRun({ opening, control }: { readonly opening: RunOpening; readonly control: RunControl | null }) {
  usePageTitle(titleOf(opening.run));
  return <OpeningRun {...opening} control={control} />;
}

type LiveRunProps = { readonly snapshot: RunSnapshot; readonly asked: string | null; readonly control: RunControl | null };

function LiveRun({ snapshot, asked, control }: LiveRunProps) {
  const { run, state, connection } = useRunState(snapshot.run.id, snapshot);
  usePageTitle(titleOf(run));
  const approvals = useMemo(() => (asked === null ? null : (parseExact(asked) as ApprovalList)), [asked]);
  return <RunPage run={run} state={state} connection={connection} drawn={{ approvals, control }} />;
}
