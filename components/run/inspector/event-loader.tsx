"use client";
import type { ReactNode } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useRawEvent } from "@/lib/client/hooks/use-raw-event";
import type { ApiEvent } from "@/lib/core/api/event";

type EventLoaderProps = {
  readonly runId: string;
  readonly seq: number;
  readonly children: (event: ApiEvent) => ReactNode;
};

/** Reads one event with the sender's JSON when somebody looks at it. */
export function EventLoader({ runId, seq, children }: EventLoaderProps) {
  const { data: event, error, refetch } = useRawEvent(runId, seq);
  if (error) return <ErrorState title={`Event ${seq} could not be loaded.`} error={error} onRetry={() => void refetch()} className="m-3" />;
  if (event === undefined) {
    return (
      <div role="status" className="space-y-2.5 p-3">
        <span className="sr-only">Loading</span>
        <Skeleton className="h-3 w-40" />
        <Skeleton className="h-3 w-64" />
        <Skeleton className="h-3 w-52" />
      </div>
    );
  }
  if (event === null) {
    return (
      <p className="p-3 text-muted">
        Event {seq.toLocaleString("en")} was removed by retention. What it changed in the run is still counted.
      </p>
    );
  }
  return children(event);
}
