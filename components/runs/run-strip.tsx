"use client";
import { Layers } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import { RunCost } from "@/components/ui/figures";
import { statusLooks } from "@/components/ui/status";
import type { CountedStatus, RunCount } from "@/lib/client/hooks/use-run-counts";
import type { Cost } from "@/lib/core/api/run";
import type { RunStatus } from "@/lib/core/run/status";

type RunStripProps = {
  readonly counts: Record<CountedStatus, RunCount>;
  readonly status: RunStatus | null;
  readonly onStatus: (status: RunStatus | null) => void;
  /** Of the runs that are listed, and how many these are. */
  readonly cost: Cost;
  readonly listed: number;
};

const views: readonly { readonly status: CountedStatus | null; readonly word: string }[] = [
  { status: null, word: "All" },
  { status: "running", word: "Running" },
  { status: "waiting", word: "Needs me" },
  { status: "failed", word: "Failed" },
];

/** The views of the list with how many runs are in each: at once the strip of figures and the choice between them. */
export function RunStrip({ counts, status, onStatus, cost, listed }: RunStripProps) {
  return (
    <div className="flex shrink-0 items-stretch border-y bg-panel">
      <fieldset className="scroll-quiet flex min-w-0 flex-1 overflow-x-auto">
        <legend className="sr-only">View</legend>
        {views.map((view) => (
          <View key={view.word} {...view} count={view.status && counts[view.status]} chosen={view.status === status} onStatus={onStatus} />
        ))}
      </fieldset>
      <div className="flex flex-col justify-center border-l px-4 py-1.5 text-right max-md:hidden">
        <span className="text-faint text-meta">Cost of {listed.toLocaleString("en")} listed</span>
        <RunCost cost={cost} className="text-title" />
      </div>
    </div>
  );
}

type ViewProps = {
  readonly status: CountedStatus | null;
  readonly word: string;
  readonly count: RunCount;
  readonly chosen: boolean;
  readonly onStatus: (status: RunStatus | null) => void;
};

function View({ status, word, count, chosen, onStatus }: ViewProps) {
  const look = status && statusLooks[status];
  const Icon = look?.icon ?? Layers;
  const figure = count === null ? "" : `${count.count.toLocaleString("en")}${count.more ? "+" : ""}`;
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={() => onStatus(status)}
      className={classNames(
        "relative flex shrink-0 flex-col justify-center border-r px-4 py-1.5 text-left outline-offset-[-2px] hover:bg-hover max-md:flex-1 max-md:px-3",
        "after:absolute after:inset-x-0 after:bottom-[-1px] after:h-0.5",
        chosen ? "after:bg-accent" : "text-muted",
      )}
    >
      <span className={classNames("text-meta", chosen ? "text-ink" : "text-muted")}>{word}</span>
      <span className={classNames("flex h-5.5 items-center gap-1.5 text-title", count && count.count > 0 ? look?.tone : "text-faint")}>
        <Icon aria-hidden size={15} strokeWidth={1.75} />
        {status === null ? (
          <span className="text-body max-md:hidden">Newest first</span>
        ) : (
          <span className="figures min-w-4">{figure}</span>
        )}
      </span>
    </button>
  );
}
