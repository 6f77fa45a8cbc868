"use client";
import { type ReactNode, type Ref, useCallback } from "react";
import { BareButton } from "@/components/ui/bare-button";
import { classNames } from "@/components/ui/class-names";
import type { Marked } from "@/components/ui/use-marked";
import { useNarrow } from "@/components/ui/use-media";
import { VirtualList, type VirtualListHandle } from "@/components/ui/virtual-list";
import type { RunSummary } from "@/lib/core/api/run";
import type { RunSort } from "@/lib/core/run-query/run-sort";
import { RunCard, runCardHeight } from "./run-card";
import { runColumns, runGrid } from "./run-columns";
import { RunRow } from "./run-row";

type RunTableProps = {
  readonly runs: readonly RunSummary[];
  readonly selectedId: string | null;
  readonly onAgent: (agent: string) => void;
  /** By which figure the list is sorted, the largest first; null = newest first. */
  readonly sort: RunSort | null;
  readonly onSort: (sort: RunSort | null) => void;
  readonly marked: Marked;
  /** The end of the list came into sight. */
  readonly onEnd: () => void;
  readonly handle: Ref<VirtualListHandle>;
  readonly footer: ReactNode;
  /** Which list this is: it opens where it was left. */
  readonly place: string;
};

const headHeight = 28;
const nearEnd = 10;

/** The list of runs: lines on a screen, cards on a phone. */
export function RunTable({ runs, selectedId, onAgent, sort, onSort, marked, onEnd, handle, footer, place }: RunTableProps) {
  const narrow = useNarrow();
  const onRange = useCallback(
    (_: number, last: number) => {
      if (last >= runs.length - nearEnd) onEnd();
    },
    [runs.length, onEnd],
  );
  return (
    <div role="table" aria-label="Runs" aria-rowcount={runs.length + 1} className="h-full">
      <VirtualList
        key={narrow ? "cards" : "lines"}
        // The server cannot know how wide the screen is: lines that it drew do not flash on a phone.
        className={narrow ? undefined : "max-md:hidden"}
        count={runs.length}
        rowHeight={narrow ? runCardHeight : "row"}
        role="rowgroup"
        keyOf={(index) => runs[index]?.id ?? index}
        onRange={onRange}
        handle={handle}
        header={narrow ? undefined : <Head sort={sort} onSort={onSort} />}
        headerHeight={narrow ? 0 : headHeight}
        footer={footer}
        place={`${narrow ? "cards" : "lines"} ${place}`}
        renderRow={(index) => {
          const run = runs[index];
          if (!run) return null;
          if (narrow) return <RunCard run={run} marking={marked.isMarking} marked={marked.has(run.id)} onMark={marked.toggle} />;
          return (
            <RunRow
              run={run}
              index={index}
              selected={run.id === selectedId}
              onAgent={onAgent}
              marked={marked.has(run.id)}
              onMark={marked.toggle}
            />
          );
        }}
      />
    </div>
  );
}

function Head({ sort, onSort }: Pick<RunTableProps, "sort" | "onSort">) {
  return (
    <div
      role="row"
      tabIndex={-1}
      className={classNames(runGrid, "sticky top-0 z-20 border-b bg-panel text-faint text-meta")}
      style={{ height: headHeight }}
    >
      {runColumns.map(({ key, title, right, hide, sort: by }) => (
        <div
          key={key}
          role="columnheader"
          tabIndex={-1}
          aria-sort={by === sort ? "descending" : undefined}
          className={classNames("truncate", right && "text-right", hide)}
        >
          {by !== undefined ? (
            <BareButton
              title={by === sort || by === null ? "Newest first, by when each run was first seen" : `Largest ${by} first`}
              onClick={() => onSort(by === sort ? null : by)}
              className={classNames("h-7 hover:text-ink", by === sort && "font-medium text-ink")}
            >
              {by === sort && "\u2193 "}
              {title}
            </BareButton>
          ) : key === "mark" ? (
            <span className="sr-only">{title}</span>
          ) : (
            title
          )}
        </div>
      ))}
    </div>
  );
}
