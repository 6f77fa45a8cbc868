"use client";
import { BareButton } from "@/components/ui/bare-button";
import { classNames } from "@/components/ui/class-names";
import { NoFigure, RunCost } from "@/components/ui/figures";
import type { RunFilters } from "@/lib/client/hooks/use-runs";
import type { RunCounts } from "@/lib/core/api/run-counts";
import { countText, type RunView, runViews } from "./run-views";

type RunStripProps = {
  /** Undefined until they were read. */
  readonly counts: RunCounts | undefined;
  readonly chosen: RunView | undefined;
  readonly onFilters: (changes: Partial<RunFilters>) => void;
};

/** The views of the list with how many runs are in each: at once the strip of figures and the choice between them. */
export function RunStrip({ counts, chosen, onFilters }: RunStripProps) {
  return (
    <div className="flex shrink-0 items-stretch border-y bg-panel">
      <fieldset className="scroll-quiet flex flex-1 overflow-x-auto">
        <legend className="sr-only">View</legend>
        {runViews.map((view) => (
          <View key={view.word} view={view} counts={counts} isChosen={view === chosen} onChoose={() => onFilters(view.filters)} />
        ))}
      </fieldset>
      <div className="flex flex-col justify-center border-l px-4 py-1.5 text-right max-md:hidden">
        <span className="text-faint text-meta" title="Spent since midnight UTC">
          Cost today
        </span>
        <span className="h-5.5 text-title">{counts ? <CostToday counts={counts} /> : <NoFigure why="not loaded yet" />}</span>
      </div>
    </div>
  );
}

function CostToday({ counts: { costToday } }: { readonly counts: RunCounts }) {
  const unsplit = { runReportedNanos: null, callsReportedNanos: 0, agentsReportedNanos: 0 };
  return <RunCost cost={{ ...costToday, ...unsplit }} />;
}

type ViewProps = {
  readonly view: RunView;
  readonly counts: RunCounts | undefined;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
};

function View({ view: { word, icon: Icon, tone, count, hint }, counts, isChosen, onChoose }: ViewProps) {
  const isLit = count !== undefined && counts !== undefined && counts[count] > 0;
  return (
    <BareButton
      aria-pressed={isChosen}
      onClick={onChoose}
      className={classNames(
        "relative flex shrink-0 flex-col justify-center border-r px-4 py-1.5 text-left outline-offset-[-2px] hover:bg-hover max-md:flex-1 max-md:px-3",
        "after:absolute after:inset-x-0 after:bottom-[-1px] after:h-0.5",
        isChosen ? "after:bg-accent" : "text-muted",
      )}
    >
      <span className={classNames("whitespace-nowrap text-meta", isChosen ? "text-ink" : "text-muted")}>{word}</span>
      <span className={classNames("flex h-5.5 items-center gap-1.5 text-title", isLit ? tone : "text-faint")}>
        <Icon aria-hidden size={15} strokeWidth={1.75} />
        {count ? (
          <span className="figures min-w-4">{counts && countText(counts, count)}</span>
        ) : (
          <span className="whitespace-nowrap text-body max-lg:hidden">{hint}</span>
        )}
      </span>
    </BareButton>
  );
}
