"use client";
import { memo } from "react";
import { classNames } from "@/components/ui/class-names";
import { RelativeTime, RunCost, TokensInOut } from "@/components/ui/figures";
import { Link } from "@/components/ui/link";
import { SafeText } from "@/components/ui/safe-text";
import type { RunSummary } from "@/lib/core/api/run";
import { dialectLabels } from "@/lib/core/dialect";
import { asideOf, FreshEdge, RunDuration, runLinkId } from "./run-row";
import { RunStanding } from "./run-standing";

export const runCardHeight = 88;

type RunCardProps = {
  readonly run: RunSummary;
  /** A touch marks the run instead of opening it. */
  readonly marking: boolean;
  readonly marked: boolean;
  readonly onMark: (runId: string, through: boolean) => void;
};

/** A run on a phone. */
export const RunCard = memo(function RunCard({ run, marking, marked, onMark }: RunCardProps) {
  const aside = asideOf(run);
  return (
    <div
      role="row"
      tabIndex={-1}
      className={classNames("relative h-full border-b px-4 py-2.5 active:bg-hover", marking && "pl-12", marked && "bg-selected")}
      style={{ height: runCardHeight }}
    >
      <FreshEdge lastSeq={run.lastSeq} />
      {marking && <CardBox run={run} marked={marked} onMark={onMark} />}
      <div role="cell" className="flex items-center gap-2 text-meta">
        <RunStanding run={run} />
        <span className="ml-auto text-faint">
          <RelativeTime at={run.lastEventAt ?? run.createdAt} />
        </span>
      </div>
      <div role="cell" className="mt-1 min-w-0">
        <Link
          id={runLinkId(run.id)}
          href={`/runs/${run.id}`}
          className="block truncate font-medium text-title after:absolute after:inset-0 after:content-['']"
        >
          <SafeText text={run.name} />
        </Link>
      </div>
      <div role="cell" className="mt-0.5 flex items-baseline gap-3 text-meta text-muted">
        <span className={classNames("min-w-0 flex-1 truncate", aside?.tone)}>
          <SafeText text={aside?.text ?? [dialectLabels[run.dialect], run.agent].filter(Boolean).join(" · ")} />
        </span>
        <RunDuration run={run} />
        {run.tokens.total > 0 && <TokensInOut tokens={run.tokens} />}
        <RunCost cost={run.cost} className="text-ink" />
      </div>
    </div>
  );
});

/** Over the whole card, so that the thumb needs no aim. */
function CardBox({ run, marked, onMark }: Omit<RunCardProps, "marking">) {
  return (
    <label role="cell" className="absolute inset-0 z-10 flex items-center pl-4">
      <input
        type="checkbox"
        checked={marked}
        onChange={() => onMark(run.id, false)}
        aria-label={`Select ${run.name.slice(0, 80)}`}
        className="size-4.5 accent-(--accent)"
      />
    </label>
  );
}
