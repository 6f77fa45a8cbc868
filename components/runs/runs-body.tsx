"use client";
import { Radar, SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Link } from "@/components/ui/link";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { RunsView } from "@/lib/client/hooks/use-runs";

type RunsBodyProps = {
  readonly view: RunsView;
  readonly filtered: boolean;
  readonly onClear: () => void;
  readonly children: ReactNode;
};

/** The list, or what stands in its place: it loads, it failed, it is empty, nothing matches. */
export function RunsBody({ view, filtered, onClear, children }: RunsBodyProps) {
  const failure = view.error && (
    <ErrorState
      className="m-4"
      title="The runs could not be loaded."
      error={view.error}
      kept={view.runs.length > 0 ? "The list below may be out of date." : undefined}
      onRetry={view.retry}
    />
  );
  if (view.isPending) return <SkeletonRows tall rows={14} className="pt-7" />;
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
      <EmptyState icon={SearchX} title="No matching runs" action={<Button onClick={onClear}>Clear filters</Button>}>
        New matches are announced above.
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
      Send events from any of five agent systems, or start the demo agents. Each run appears here as it happens.
    </EmptyState>
  );
}

/** Below the last row: how the list goes on. */
export function ListEnd({ view }: { readonly view: RunsView }) {
  return (
    <div className="flex h-12 items-center justify-center text-faint text-meta">
      {view.hasMore ? (
        <Button look="quiet" size="small" disabled={view.loadingMore} onClick={view.loadMore}>
          {view.loadingMore ? "Loading" : "Load more"}
        </Button>
      ) : (
        `${view.runs.length.toLocaleString("en")} ${view.runs.length === 1 ? "run" : "runs"} in total`
      )}
    </div>
  );
}
