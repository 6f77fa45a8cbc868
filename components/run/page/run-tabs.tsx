import { classNames } from "@/components/ui/class-names";
import { Tabs } from "@/components/ui/tabs";
import type { RunState } from "@/lib/core/run/state";
import { type RunView, runViews } from "./use-run-view";
import { ViewTools, type ViewToolsProps } from "./view-tools";

type RunTabsProps = ViewToolsProps & { readonly state: RunState; readonly onView: (view: RunView) => void };

const words: Record<RunView, string> = {
  ...{ timeline: "Timeline", transcript: "Transcript", team: "Team" },
  ...{ events: "Events", cost: "Cost", artifacts: "Artifacts" },
};

/** They show the whole run as it is by now, followed or not: a phone spares itself a line that says so. */
const unscrolled: ReadonlySet<RunView> = new Set(["team", "cost", "artifacts"]);

/** Low on a screen a line of its own would be a row of the run: they stand beside the tabs on less room, too. */
const besideLow =
  "low:@[36rem]/run-tabs:absolute low:@[36rem]/run-tabs:inset-y-0 low:@[36rem]/run-tabs:right-0 low:@[36rem]/run-tabs:w-72 low:@[36rem]/run-tabs:border-b-0 low:@[36rem]/run-tabs:py-0";

/** The views of a run, and what narrows them: beside the tabs where there is room, else in a line of their own. */
export function RunTabs({ state, onView, ...tools }: RunTabsProps) {
  const counts: Partial<Record<RunView, number>> = {
    team: Object.keys(state.team.agents).length,
    events: state.lifecycle.lastSeq,
  };
  return (
    <div className="@container/run-tabs relative shrink-0 bg-panel">
      <Tabs
        label="Views of this run"
        className="[&>div]:px-3 sm:[&>div]:px-4"
        value={tools.view}
        onChange={onView}
        items={runViews.map((view) => ({ value: view, label: words[view], badge: <TabCount count={counts[view]} /> }))}
        aside={
          <div
            aria-hidden
            className="hidden w-72 shrink-0 low:@[36rem]/run-tabs:block @[58rem]/run-tabs:block @[58rem]/run-tabs:w-[27rem]"
          />
        }
      />
      <div
        className={classNames(
          "flex items-center gap-1.5 border-b px-3 py-1 empty:hidden @[58rem]/run-tabs:absolute @[58rem]/run-tabs:top-0 @[58rem]/run-tabs:right-0 @[58rem]/run-tabs:h-9 @[58rem]/run-tabs:border-b-0 @[58rem]/run-tabs:px-4 @[58rem]/run-tabs:py-0",
          besideLow,
          unscrolled.has(tools.view) && "@max-[58rem]/run-tabs:hidden",
        )}
      >
        <ViewTools {...tools} />
      </div>
    </div>
  );
}

function TabCount({ count }: { readonly count: number | undefined }) {
  if (!count) return null;
  return <span className="figures font-normal text-faint text-meta">{count.toLocaleString("en")}</span>;
}
