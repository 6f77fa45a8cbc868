import { Tabs } from "@/components/ui/tabs";
import type { RunState } from "@/lib/core/run/state";
import { type RunView, runViews } from "./use-run-view";
import { ViewTools, type ViewToolsProps } from "./view-tools";

type RunTabsProps = ViewToolsProps & { readonly state: RunState; readonly onView: (view: RunView) => void };

const words: Record<RunView, string> = { timeline: "Timeline", transcript: "Transcript", team: "Team", events: "Events", cost: "Cost" };

/** The views of a run, and what narrows them. On narrow screens the tools stand in a line of their own. */
export function RunTabs({ state, onView, ...tools }: RunTabsProps) {
  const counts: Partial<Record<RunView, number>> = {
    team: Object.keys(state.team.agents).length,
    events: state.lifecycle.lastSeq,
  };
  return (
    <div className="shrink-0 bg-panel">
      <Tabs
        label="Views of this run"
        className="[&>div]:px-3 sm:[&>div]:px-4"
        value={tools.view}
        onChange={onView}
        items={runViews.map((view) => ({ value: view, label: words[view], badge: <TabCount count={counts[view]} /> }))}
        aside={
          <div className="hidden items-center gap-1.5 sm:flex">
            <ViewTools {...tools} />
          </div>
        }
      />
      <div className="flex items-center gap-1.5 border-b px-3 py-1 sm:hidden">
        <ViewTools {...tools} />
      </div>
    </div>
  );
}

function TabCount({ count }: { readonly count: number | undefined }) {
  if (!count) return null;
  return <span className="figures font-normal text-faint text-meta">{count.toLocaleString("en")}</span>;
}
