"use client";
import { useDeferredValue } from "react";
import type { RunSummary } from "@/lib/core/api/run";
import { heldPart, heldSpans } from "@/lib/core/run/run-window";
import type { RunState } from "@/lib/core/run/state";
import { ArtifactsView } from "../artifacts/artifacts-view";
import { CostView } from "../cost/cost-view";
import { EventsView } from "../events/events-view";
import type { Selected } from "../selection/selection";
import { TeamView } from "../team/team-view";
import { TimelineView, type TimelineViewProps } from "../timeline/timeline-view";
import { TranscriptView } from "../transcript/transcript-view";
import { KeptViews } from "./kept-views";
import { useShownView } from "./step-row";
import { useHoldStill } from "./use-hold-still";
import type { RunView, RunViewState } from "./use-run-view";

type RunViewPanelProps = {
  readonly run: RunSummary;
  readonly state: RunState;
  readonly view: RunViewState;
  readonly selected: Selected;
  readonly live: boolean;
  readonly past: TimelineViewProps["past"];
  readonly connected: boolean;
  readonly follow: boolean;
  readonly setFollow: (follow: boolean) => void;
  readonly originMs: number;
  readonly offsetMs: number;
};

/** The chosen view, with the one selection; it stands still under a hand. */
export function RunViewPanel(props: RunViewPanelProps) {
  const { view, onPointerDown, held } = useHoldStill(props.follow, props.setFollow);
  // The tab answers the press at once; what it opens is rendered behind it, and a press meanwhile does not wait for it.
  const shown = useDeferredValue(props.view.view);
  useShownView(shown);
  return (
    <div ref={view} onPointerDown={onPointerDown} className="contents">
      <KeptViews shown={shown}>
        <ChosenView {...props} shown={shown} follow={props.follow && !held} />
      </KeptViews>
    </div>
  );
}

function ChosenView({
  shown,
  run,
  state,
  view,
  selected,
  live,
  past,
  connected,
  follow,
  setFollow,
  originMs,
  offsetMs,
}: RunViewPanelProps & { readonly shown: RunView }) {
  const onClearFilter = () => void view.set({ q: "", errors: false });
  const narrowing = { search: view.q, errorsOnly: view.errors, onClearFilter };
  const following = { live: live || past !== null, follow, onFollowChange: setFollow };
  const over = !following.live;
  switch (shown) {
    case "timeline":
      return (
        <TimelineView
          spans={heldSpans(state.timeline)}
          held={heldPart(state)}
          ticking={live && connected}
          past={past}
          run={run}
          offsetMs={offsetMs}
          selectedSpanId={selected.span?.id ?? null}
          onSelect={view.selectSpan}
          {...narrowing}
          {...following}
          live={live}
        />
      );
    case "transcript":
      return (
        <TranscriptView
          transcript={state.transcript}
          originMs={originMs}
          selectedSeq={selected.seq}
          onSelect={(seq) => view.selectSeq(seq)}
          {...narrowing}
          {...following}
        />
      );
    case "team":
      return (
        <TeamView
          team={state.team}
          usage={state.usage}
          selectedSeq={selected.seq}
          selectedAgent={selected.span?.agent ?? null}
          onSelect={view.selectSeq}
          form={view.team}
          over={over}
          onForm={(team) => void view.set({ team })}
        />
      );
    case "events":
      return (
        <EventsView
          runId={run.id}
          lastSeq={state.lifecycle.lastSeq}
          unknown={state.lifecycle.counts.unknown}
          selectedSeq={selected.seq}
          onSelect={view.selectSeq}
          families={view.types}
          onFamilies={(types) => void view.set({ types: types.length === 0 ? null : [...types] })}
          search={view.q}
          errorsOnly={view.errors}
          onShowAll={() => void view.set({ q: "", errors: false, types: null })}
          {...following}
        />
      );
    case "cost":
      return (
        <CostView
          runId={run.id}
          {...{ state, originMs, group: view.by, measure: view.of }}
          cost={run.cost}
          over={over}
          onGroup={(by) => void view.set({ by })}
          onMeasure={(of) => void view.set({ of })}
        />
      );
    case "artifacts":
      return (
        <ArtifactsView transcript={state.transcript} originMs={originMs} selectedSeq={selected.seq} onSelect={view.selectSeq} over={over} />
      );
  }
}
