"use client";
import { Hand, Inbox } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { ApprovalDetail } from "@/components/approvals/approval-detail";
import { ApprovalRows, approvalRowId } from "@/components/approvals/approval-list";
import { approvalParams } from "@/components/approvals/approval-params";
import { LinkedApproval } from "@/components/approvals/linked-approval";
import { StandingChips } from "@/components/approvals/standing/standing-chips";
import { PageHeader } from "@/components/layout/page-header";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import { endToast, shownToasts } from "@/components/ui/toast";
import { useNarrow } from "@/components/ui/use-media";
import { type ApprovalsView, useApprovals } from "@/lib/client/hooks/use-approvals";
import { useOpening } from "@/lib/client/hooks/use-opening";
import { useShortcuts } from "@/lib/client/hooks/use-shortcuts";
import type { Approval } from "@/lib/core/api/approval";
import { type ApprovalTab, approvalTabs } from "@/lib/core/approvals/tabs";

const words: Readonly<Record<ApprovalTab, string>> = { waiting: "Waiting", decided: "Decided", expired: "Expired" };

/** The inbox: what waits for a human, and what became of it. */
export function ApprovalsClient() {
  const [{ tab, id }, setPlace] = useQueryStates(approvalParams, { history: "push" });
  const view = useApprovals(tab);
  const narrow = useNarrow();
  const { approvals } = view;
  // Without a choice the most urgent one is open; on a phone the list is.
  const first = useFirstShown(tab, id, approvals);
  const shownId = id ?? (narrow ? null : first);
  const setOpen = useOpening("id", setPlace);
  const select = (next: string | null) => setOpen({ id: next });
  const goOn = (next: string | null) => {
    // On a phone a message stands over what is asked: its receipt was seen, and the next one is to be read whole.
    if (narrow) for (const { id, tone } of shownToasts()) if (tone === "good") endToast(id);
    select(next);
  };
  const [cameTo, setCameTo] = useState<string | null>(null);
  const goToNext = (next: string) => {
    setCameTo(next);
    goOn(next);
  };
  const step = (by: number) => {
    const at = approvals.findIndex((approval) => approval.id === shownId);
    const next = approvals[Math.min(approvals.length - 1, Math.max(0, at + by))];
    if (!next) return;
    select(next.id);
    document.getElementById(approvalRowId(next.id))?.scrollIntoView({ block: "nearest" });
  };
  useShortcuts("Approvals", [
    { keys: "j", label: "Next request", run: () => step(1) },
    { keys: "k", label: "Previous request", run: () => step(-1) },
  ]);
  // By style, not by measuring: a phone shows one of the two from its first paint on.
  const detailOnly = id !== null && "max-md:hidden";
  return (
    <>
      <div className={classNames("contents", detailOnly)}>
        <PageHeader title="Approvals" />
        <Tabs
          label="Requests"
          className="shrink-0 bg-panel [&>div]:px-4"
          items={approvalTabs.map((value) => ({
            value,
            label: words[value],
            ...(value === "waiting" && view.pending ? { badge: <Badge tone="waiting">{view.pending.toLocaleString("en")}</Badge> } : {}),
          }))}
          value={tab}
          onChange={(next) => void setPlace({ tab: next, id: null })}
        />
        <StandingChips run={null} />
      </div>
      <div className="flex min-h-0 flex-1 bg-panel">
        <section
          aria-label="List of requests"
          data-place={`approvals ${tab}`}
          className={classNames(
            "min-h-0 overflow-y-auto",
            // An empty list has the whole page: there is nothing to stand beside it.
            shownId === null && !view.isPending ? "flex-1" : "max-md:flex-1 md:w-64 md:shrink-0 md:border-r low:md:w-56 lg:w-96",
            detailOnly,
          )}
        >
          <ListBody view={view} tab={tab} selectedId={shownId} onSelect={goOn} />
        </section>
        {shownId !== null && (
          <div className={classNames("min-w-0 flex-1", id === null && "max-md:hidden")}>
            <LinkedApproval key={shownId} id={shownId} listed={approvals.find((approval) => approval.id === shownId)}>
              {(approval) => (
                <ApprovalDetail
                  approval={approval}
                  onBack={narrow ? () => goOn(null) : null}
                  onDecided={select}
                  next={<Next view={view} shownId={shownId} onSelect={goToNext} />}
                  isNext={shownId === cameTo}
                />
              )}
            </LinkedApproval>
          </div>
        )}
      </div>
    </>
  );
}

/**
 * The request that was the most urgent when this list was come to, until one is chosen. What is more urgent since stands above it in the list:
 * it does not take its place under the hand of whoever decides.
 */
function useFirstShown(tab: ApprovalTab, chosenId: string | null, approvals: readonly Approval[]): string | null {
  const [held, setHeld] = useState<{ readonly tab: ApprovalTab; readonly id: string } | null>(null);
  const mostUrgent = approvals[0];
  if (chosenId !== null && held !== null) setHeld(null);
  if (chosenId === null && held?.tab !== tab && mostUrgent) setHeld({ tab, id: mostUrgent.id });
  return held?.tab === tab ? held.id : null;
}

function Next({
  view,
  shownId,
  onSelect,
}: {
  readonly view: ApprovalsView;
  readonly shownId: string;
  readonly onSelect: (id: string) => void;
}) {
  const next = view.approvals.find((approval) => approval.id !== shownId && approval.status === "pending");
  if (!next) return null;
  return (
    <Button size="large" className="self-start thumb:self-stretch" onClick={() => onSelect(next.id)}>
      Next request
    </Button>
  );
}

type ListBodyProps = {
  readonly view: ApprovalsView;
  readonly tab: ApprovalTab;
  readonly selectedId: string | null;
  readonly onSelect: (id: string) => void;
};

function ListBody({ view, tab, selectedId, onSelect }: ListBodyProps) {
  const failure = view.error && (
    <ErrorState
      className="m-4"
      title="The requests could not be loaded."
      error={view.error}
      kept={view.approvals.length > 0 ? "The list below may be out of date." : undefined}
      onRetry={view.retry}
    />
  );
  if (view.isPending) return <SkeletonRows rows={6} />;
  if (view.approvals.length > 0)
    return (
      <>
        {failure}
        <ApprovalRows approvals={view.approvals} selectedId={selectedId} onSelect={onSelect} more={view.more} />
      </>
    );
  if (failure) return failure;
  if (tab === "waiting")
    return (
      <EmptyState icon={Hand} title="Nothing is waiting for you">
        Requests for approval or an answer appear here, the most urgent first.
      </EmptyState>
    );
  return (
    <EmptyState icon={Inbox} title={tab === "decided" ? "No decisions yet" : "No expired requests"}>
      {tab === "decided"
        ? "Decisions are kept here, with how each reached the agent."
        : "Requests whose deadline has passed are kept here."}
    </EmptyState>
  );
}
