"use client";
import { Plug, Radar, SearchX } from "lucide-react";
import Link from "next/link";
import { useCallback, useMemo, useRef, useState } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { NewRunsPill } from "@/components/runs/new-runs-pill";
import { RunFilterBar } from "@/components/runs/run-filter-bar";
import { runLinkId } from "@/components/runs/run-row";
import { RunStrip } from "@/components/runs/run-strip";
import { RunTable } from "@/components/runs/run-table";
import { sumCosts } from "@/components/runs/sum-costs";
import { useRunFilters } from "@/components/runs/use-run-filters";
import { Button, buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { VirtualListHandle } from "@/components/ui/virtual-list";
import { useRunCounts } from "@/lib/client/hooks/use-run-counts";
import { type RunsView, useRuns } from "@/lib/client/hooks/use-runs";
import { useShortcuts } from "@/lib/client/hooks/use-shortcuts";
import type { RunStatus } from "@/lib/core/run/status";

const viewOrder: readonly (RunStatus | null)[] = [null, "running", "waiting", "failed"];

export function RunsClient() {
  const [filters, setFilters] = useRunFilters();
  const view = useRuns(filters);
  const counts = useRunCounts();
  const cost = useMemo(() => sumCosts(view.runs), [view.runs]);
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<VirtualListHandle>(null);
  const [selectedId, select] = useSelection(view, list);
  const showView = (step: number) => {
    const at = viewOrder.indexOf(filters.status);
    setFilters({ status: viewOrder[(at + step + viewOrder.length) % viewOrder.length] ?? null });
  };
  const showNew = () => {
    view.showNew();
    list.current?.scrollToIndex(0);
  };
  useShortcuts("Runs", [
    { keys: "j", label: "Next run", run: () => select(1) },
    { keys: "k", label: "Previous run", run: () => select(-1) },
    { keys: "/", label: "Search", run: () => search.current?.focus() },
    { keys: "[", label: "Previous view", run: () => showView(-1) },
    { keys: "]", label: "Next view", run: () => showView(1) },
    { keys: "n", label: "Show new runs", run: showNew },
  ]);
  const onAgent = useCallback((agent: string) => setFilters({ agent }), [setFilters]);
  const clear = () => setFilters({ status: null, dialect: null, agent: null, q: null });
  return (
    <>
      <PageHeader title="Runs">
        <Link href="/welcome" className={buttonClass("quiet")}>
          <Plug aria-hidden size={14} />
          Connect an agent
        </Link>
      </PageHeader>
      <RunStrip
        counts={counts}
        status={filters.status}
        onStatus={(status) => setFilters({ status })}
        cost={cost}
        listed={view.runs.length}
      />
      <RunFilterBar filters={filters} onFilters={setFilters} searchRef={search}>
        <NewRunsPill count={view.newCount} onShow={showNew} />
      </RunFilterBar>
      <section aria-label="List of runs" className="relative min-h-0 flex-1 border-t bg-panel">
        <RunsBody view={view} filtered={Object.values(filters).some((value) => value !== null)} onClear={clear}>
          <RunTable
            runs={view.runs}
            selectedId={selectedId}
            onAgent={onAgent}
            onEnd={() => view.hasMore && !view.loadingMore && view.loadMore()}
            handle={list}
            footer={<ListEnd view={view} />}
            place={JSON.stringify(filters)}
          />
        </RunsBody>
      </section>
    </>
  );
}

type RunsBodyProps = {
  readonly view: RunsView;
  readonly filtered: boolean;
  readonly onClear: () => void;
  readonly children: React.ReactNode;
};

function RunsBody({ view, filtered, onClear, children }: RunsBodyProps) {
  const failure = view.error && (
    <ErrorState
      className="m-4"
      title="The runs could not be read."
      error={view.error}
      kept={view.runs.length > 0 ? "What stands below is from before." : undefined}
      onRetry={view.retry}
    />
  );
  if (view.isPending) return <SkeletonRows rows={14} className="pt-7" />;
  if (view.runs.length > 0)
    return (
      <div className="flex h-full flex-col">
        {failure}
        <div className="min-h-0 flex-1">{children}</div>
      </div>
    );
  if (failure) return failure;
  if (filtered)
    return (
      <EmptyState icon={SearchX} title="No run matches" action={<Button onClick={onClear}>Clear the filters</Button>}>
        A run that begins to match is announced above.
      </EmptyState>
    );
  return (
    <EmptyState
      icon={Radar}
      title="No runs yet"
      action={
        <Link href="/welcome" className={buttonClass("solid")}>
          Connect an agent
        </Link>
      }
    >
      Send events from any of five agent systems, or start the demo agents, and each run shows up here as it happens.
    </EmptyState>
  );
}

function ListEnd({ view }: { readonly view: RunsView }) {
  return (
    <div className="flex h-12 items-center justify-center text-faint text-meta">
      {view.hasMore ? (
        <Button look="quiet" size="small" disabled={view.loadingMore} onClick={view.loadMore}>
          {view.loadingMore ? "Loading" : "Load more"}
        </Button>
      ) : (
        `${view.runs.length.toLocaleString("en")} ${view.runs.length === 1 ? "run" : "runs"}, all that match`
      )}
    </div>
  );
}

let lastSelected: string | null = null;

/** The run that `j` and `k` move to; its link has the focus, so Enter opens it. Who comes back to the list goes on from there. */
function useSelection(view: RunsView, list: React.RefObject<VirtualListHandle | null>) {
  const [selectedId, setSelectedId] = useState(lastSelected);
  const select = (step: number) => {
    const at = view.runs.findIndex((run) => run.id === selectedId);
    const index = Math.min(view.runs.length - 1, Math.max(0, at + step));
    const run = view.runs[index];
    if (!run) return;
    lastSelected = run.id;
    setSelectedId(run.id);
    list.current?.scrollToIndex(index);
    requestAnimationFrame(() => document.getElementById(runLinkId(run.id))?.focus({ preventScroll: true }));
  };
  return [selectedId, select] as const;
}
