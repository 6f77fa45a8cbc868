"use client";
import { usePageTitle } from "@/components/layout/use-page-title";
import { RunSkeleton } from "@/components/run/page/run-skeleton";
import { UnknownRun } from "@/components/run/page/unknown-run";
import { RunPage } from "@/components/run/run-page";
import { ErrorState } from "@/components/ui/error-state";
import { statusLooks } from "@/components/ui/status";
import { ApiError } from "@/lib/client/hooks/api-error";
import { type RunSnapshot, useRunSnapshot, useRunState } from "@/lib/client/hooks/use-run-state";

type RunClientProps = {
  readonly runId: string;
  /** What the server read while it rendered; without it the browser reads it. */
  readonly initial?: RunSnapshot;
};

export function RunClient({ runId, initial }: RunClientProps) {
  const { data: snapshot, error, refetch } = useRunSnapshot(runId, initial);
  if (snapshot) return <LiveRun snapshot={snapshot} />;
  if (error instanceof ApiError && error.status === 404) return <UnknownRun runId={runId} />;
  if (error) {
    return (
      <ErrorState
        title="This run could not be read."
        error={error}
        kept="Its events are safe."
        onRetry={() => void refetch()}
        className="m-4"
      />
    );
  }
  return <RunSkeleton />;
}

const longestName = 80;

function LiveRun({ snapshot }: { readonly snapshot: RunSnapshot }) {
  const { run, state, connection } = useRunState(snapshot.run.id, snapshot);
  usePageTitle(`${statusLooks[run.status].word}: ${run.name.slice(0, longestName)} · Watchfloor`);
  return <RunPage run={run} state={state} connection={connection} />;
}
