"use client";
import { Rows3 } from "lucide-react";
import { useMemo, useRef } from "react";
import { Group, Panel, Separator } from "react-resizable-panels";
import { Sheet } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { statusLooks } from "@/components/ui/status";
import { useNarrow } from "@/components/ui/use-media";
import { useRunApprovals } from "@/lib/client/hooks/use-approvals";
import type { Connection } from "@/lib/client/hooks/use-connection";
import type { RunSummary } from "@/lib/core/api/run";
import type { RunState } from "@/lib/core/run/state";
import { isTerminal } from "@/lib/core/run/status";
import { ApprovalBanner } from "./attention/approval-banner";
import { lastFailure, waitingEntries } from "./attention/attention";
import { ErrorCard } from "./attention/error-card";
import { runClock } from "./header/run-clock";
import { RunHeader } from "./header/run-header";
import { Inspector, type InspectorProps, SelectionTitle } from "./inspector/inspector";
import { RunTabs } from "./page/run-tabs";
import { RunViewPanel } from "./page/run-view-panel";
import { useFollow } from "./page/use-follow";
import { useRunKeys } from "./page/use-run-keys";
import { useRunView } from "./page/use-run-view";
import { nothing, resolveSelection } from "./selection/selection";

export type RunPageProps = { readonly run: RunSummary; readonly state: RunState; readonly connection: Connection };

/** A run, live: is it well, what is it doing, does it need me, what has it cost, why. */
export function RunPage({ run, state, connection }: RunPageProps) {
  const view = useRunView();
  const live = !isTerminal(run.status);
  const lastSeq = state.lifecycle.lastSeq;
  const { follow, missed, setFollow } = useFollow(lastSeq, view.sel);
  const searchRef = useRef<HTMLInputElement>(null);
  const { offsetMs } = runClock(run);
  const spans = state.timeline.spans;
  const selected = useMemo(() => resolveSelection(spans, view.selection), [spans, view.selection]);
  const waiting = useMemo(() => (live ? waitingEntries(run, state) : []), [live, run, state]);
  const approvals = useRunApprovals(run.id, waiting.length > 0, waiting.map((entry) => entry.requestedSeq).join(","));
  const failure = useMemo(() => (run.status === "failed" ? lastFailure(spans) : null), [run.status, spans]);
  const originMs = state.lifecycle.startedAtMs ?? spans[0]?.startMs ?? Date.parse(run.createdAt);
  useRunKeys({ view, live, follow, setFollow, searchRef });

  const inspector: InspectorProps = {
    ...{ runId: run.id, lastSeq, selected, originMs, offsetMs, tab: view.tab },
    onTab: (tab) => void view.set({ tab }),
    onSelectSeq: view.selectSeq,
    onClose: () => view.select(nothing),
  };
  return (
    <div className="flex h-full min-h-0 flex-col bg-panel">
      <p className="sr-only" aria-live="polite">
        {statusLooks[run.status].word}
      </p>
      <RunHeader run={run} state={state} connection={connection} />
      {run.status === "failed" && (
        <ErrorCard error={state.lifecycle.error ?? run.error ?? null} failed={failure} onShow={view.selectSpan} />
      )}
      <ApprovalBanner pending={waiting} approvals={approvals} offsetMs={offsetMs} onShow={view.selectSeq} />
      <RunTabs
        state={state}
        view={view.view}
        onView={(next) => void view.set({ view: next })}
        search={view.q}
        onSearch={(q) => void view.set({ q })}
        searchRef={searchRef}
        errorsOnly={view.errors}
        onErrorsOnly={(errors) => void view.set({ errors })}
        errors={run.errors}
        following={live ? { connection, follow, missed, onFollow: setFollow } : null}
      />
      <WithInspector inspector={inspector}>
        {lastSeq === 0 ? (
          <EmptyState icon={Rows3} title="No events yet">
            The run is known. What it does appears here by itself, as soon as its sender tells.
          </EmptyState>
        ) : (
          <RunViewPanel
            {...{ run, state, view, selected, live, follow, setFollow, originMs, offsetMs }}
            connected={isConnected(connection)}
          />
        )}
      </WithInspector>
    </div>
  );
}

/** The view, and the inspector beside it; on a narrow screen over it. */
function WithInspector({ inspector, children }: { readonly inspector: InspectorProps; readonly children: React.ReactNode }) {
  const narrow = useNarrow();
  const open = inspector.selected.span !== null || inspector.selected.seq !== null;
  if (narrow) {
    return (
      <>
        <div className="@container/run-view min-h-0 flex-1">{children}</div>
        <Sheet open={open} onOpenChange={(next) => !next && inspector.onClose()} title={<SelectionTitle selected={inspector.selected} />}>
          <div className="-mx-4 h-full">
            <Inspector {...inspector} inSheet />
          </div>
        </Sheet>
      </>
    );
  }
  return (
    <Group orientation="horizontal" className="min-h-0 flex-1">
      <Panel id="view" minSize="30%" className="@container/run-view">
        {children}
      </Panel>
      {open && (
        <>
          <Separator className="w-px bg-line outline-none transition-colors hover:bg-accent focus-visible:bg-accent data-[separator=active]:bg-accent" />
          <Panel id="inspector" defaultSize="30%" minSize="260px" maxSize="65%" className="border-l-0">
            <Inspector {...inspector} />
          </Panel>
        </>
      )}
    </Group>
  );
}

/** A page that is still connecting may show time passing; one that was cut off may not. */
function isConnected(connection: Connection): boolean {
  return connection.status === "live" || connection.status === "connecting";
}
