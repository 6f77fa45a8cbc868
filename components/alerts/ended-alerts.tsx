"use client";
import { History } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useEndedAlerts } from "@/lib/client/hooks/use-alerts";
import { AlertRows } from "./alert-rows";

/** What is over, newest first. */
export function EndedAlerts({ onOpen }: { readonly onOpen: (id: string) => void }) {
  const { ended: query, more } = useEndedAlerts();
  const alerts = query.data?.pages.flatMap((page) => page.alerts) ?? [];
  if (query.error && alerts.length === 0)
    return <ErrorState title="The history could not be loaded." error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <SkeletonRows rows={6} />;
  if (alerts.length === 0)
    return (
      <EmptyState icon={History} title="No past alerts">
        Ended alerts are listed here, with what was done about them.
      </EmptyState>
    );
  return (
    <>
      <AlertRows label="Past alerts" alerts={alerts} onOpen={onOpen} />
      {more.hasMore && (
        <Button className="self-center" disabled={more.loadingMore} onClick={more.loadMore}>
          Show more
        </Button>
      )}
    </>
  );
}
