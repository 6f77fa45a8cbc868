"use client";
import { Rows3 } from "lucide-react";
import { useMemo, useRef } from "react";
import { StandingChips } from "@/components/approvals/standing/standing-chips";
import { EmptyState } from "@/components/ui/empty-state";
import { statusLooks } from "@/components/ui/status";
import { useRunApprovals } from "@/lib/client/hooks/use-approvals";
import type { Connection } from "@/lib/client/hooks/use-connection";
import { useRunControl } from "@/lib/client/hooks/use-run-control";
import type { ApprovalList } from "@/lib/core/api/approval";
import type { RunControl } from "@/lib/core/api/control";
import type { RunSummary } from "@/lib/core/api/run";
import { heldSpans } from "@/lib/core/run/run-window";
import type { RunState } from "@/lib/core/run/state";
import { isTerminal } from "@/lib/core/run/status";
import { ApprovalBanner } from "./attention/approval-banner";
import { tellingFailure, waitingEntries } from "./attention/attention";
import { ErrorCard } from "./attention/error-card";
import { ControlStrip } from "./control/control-strip";
import { RunControls } from "./control/run-controls";
import { runClock } from "./header/run-clock";
import { RunHeader } from "./header/run-header";
import type { InspectorProps } from "./inspector/inspector";
import { HeldNote } from "./page/held-note";
import { RunSkeleton } from "./page/run-skeleton";
import { RunTabs } from "./page/run-tabs";
import { RunViewPanel } from "./page/run-view-panel";
import { useFollow } from "./page/use-follow";
import { useRunKeys } from "./page/use-run-keys";
import { type RunViewState, useRunView } from "./page/use-run-view";
import type { ViewToolsProps } from "./page/view-tools";
import { WithInspector } from "./page/with-inspector";
import { ReplayBar } from "./replay/replay-bar";
import { useReplayControl } from "./replay/use-replay-control";
import { nothing, resolveSelection } from "./selection/selection";
import type { TimelineViewProps } from "./timeline/timeline-view";

export type RunPageProps = {
  readonly run: RunSummary;
  readonly state: RunState;
  readonly connection: Connection;
  readonly drawn: Drawn;
};

/** What was known when the server drew the page; null = it is read. */
export type Drawn = {
  /** The requests that waited. */
  readonly approvals: ApprovalList | null;
  readonly control: RunControl | null;
};

/** A run, live: is it well, what is it doing, does it need me, what has it cost, why. All of it as of any of its events, too. */
export function RunPage({ run, state, connection, drawn }: RunPageProps) {
  const view = useRunView();
  const control = useReplayControl({ run, state }, view.at, view.seek);
  const { follow, missed, setFollow } = useFollow(control.lastSeq, view.sel);
  if (control.isAwaited) return <RunSkeleton />;
  const { shown } = control.replay;
  const now = state.lifecycle.lastEventAtMs ?? 0;
  const past = shown && {
    atMs: shown.state.lifecycle.lastEventAtMs ?? 0,
    endMs: now,
    isRunning: control.isRunning,
    spans: heldSpans(state.timeline),
  };
  return (
    // Clipped: what an open request leaves no room for on a phone is not drawn over the navigation.
    <div className="@container/run flex h-full min-h-0 flex-col overflow-clip bg-panel">
      <RunBody
        {...{ view, past, follow, setFollow, connection, drawn }}
        run={shown?.run ?? run}
        state={shown?.state ?? state}
        following={control.isRunning && control.at === null ? { connection, follow, missed, onFollow: setFollow } : null}
        onBackToNow={control.at === null ? null : () => control.seek(null)}
      />
      {control.lastSeq > 0 && <ReplayBar control={control} />}
    </div>
  );
}

type RunBodyProps = RunPageProps & {
  readonly view: RunViewState;
  readonly past: TimelineViewProps["past"];
  readonly follow: boolean;
  readonly setFollow: (follow: boolean) => void;
  readonly following: ViewToolsProps["following"];
  readonly onBackToNow: (() => void) | null;
};

/** The page above the scrubber, of the moment that it is given. */
function RunBody({ run, state, connection, drawn, view, past, follow, setFollow, following, onBackToNow }: RunBodyProps) {
  const open = !isTerminal(run.status);
  const live = open && past === null;
  const lastSeq = state.lifecycle.lastSeq;
  const searchRef = useRef<HTMLInputElement>(null);
  const { offsetMs } = runClock(run);
  const spans = heldSpans(state.timeline);
  const selected = useMemo(() => resolveSelection(spans, view.selection), [spans, view.selection]);
  const waiting = useMemo(() => (open ? waitingEntries(run, state) : []), [open, run, state]);
  const version = waiting.map((entry) => entry.requestedSeq).join(",");
  const approvals = useRunApprovals(run.id, { waiting: live && waiting.length > 0, version, drawn: drawn.approvals });
  const error = state.lifecycle.error ?? run.error ?? null;
  const failure = useMemo(() => (run.status === "failed" ? tellingFailure(spans, error) : null), [run.status, spans, error]);
  const originMs = state.lifecycle.startedAtMs ?? spans[0]?.startMs ?? Date.parse(run.createdAt);
  const asked = state.lifecycle.control ?? null;
  const concerns = past === null && (open || asked !== null);
  const { data: control } = useRunControl(run.id, {
    version: `${run.status} ${asked?.id} ${asked?.doneSeq}`,
    enabled: concerns,
    drawn: drawn.control,
  });
  useRunKeys({ view, live, follow, setFollow, onBackToNow, searchRef });

  const inspector: InspectorProps = {
    ...{ run, asOfMs: past?.atMs ?? null, lastSeq, selected, originMs, offsetMs, tab: view.tab },
    onTab: (tab) => void view.set({ tab }),
    onSelectSeq: view.selectSeq,
    onClose: () => view.select(nothing),
  };
  return (
    <>
      <p className="sr-only" aria-live="polite">
        {statusLooks[run.status].word}
      </p>
      <RunHeader
        {...{ run, state, connection, isPast: past !== null }}
        controls={live && control ? <RunControls run={run} control={control} /> : null}
      />
      {past === null && control?.latest && <ControlStrip runId={run.id} control={control.latest} status={run.status} />}
      {run.status === "failed" && <ErrorCard error={error} failed={failure} onShow={view.selectSpan} />}
      <ApprovalBanner
        {...{ offsetMs, onShow: view.selectSeq, pending: waiting, approvals: past ? [] : approvals }}
        asOfMs={past?.atMs ?? null}
      />
      {past === null && <StandingChips run={run.id} />}
      <RunTabs
        {...{ state, view: view.view, search: view.q, searchRef, errorsOnly: view.errors, errors: run.errors, following }}
        onView={(next) => void view.set({ view: next })}
        onSearch={(q) => void view.set({ q })}
        onErrorsOnly={(errors) => void view.set({ errors })}
      />
      <HeldNote state={state} view={view.view} onSeek={view.seek} />
      <WithInspector inspector={inspector}>
        {lastSeq === 0 ? (
          <EmptyState icon={Rows3} title="No events yet">
            The run is known. What it does appears here as soon as its sender reports it.
          </EmptyState>
        ) : (
          <RunViewPanel
            {...{ run, state, view, selected, live, past, follow, setFollow, originMs, offsetMs }}
            connected={isConnected(connection)}
          />
        )}
      </WithInspector>
    </>
  );
}

/** A page that is still connecting may show time passing; one that was cut off may not. */
function isConnected(connection: Connection): boolean {
  return connection.status === "live" || connection.status === "connecting";
}
