"use client";
import { GitCompareArrows } from "lucide-react";
import { type KeyboardEvent, type MouseEvent, useMemo } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { useRowHeight } from "@/components/ui/row-height";
import { useMedia } from "@/components/ui/use-media";
import { rowForKey } from "@/components/ui/virtual/row-for-key";
import { useFixedRows } from "@/components/ui/virtual/use-fixed-rows";
import { useSelectedRow } from "@/components/ui/virtual/use-selected-row";
import { useShortcuts } from "@/lib/client/hooks/use-shortcuts";
import { type ComparedStep, isDifferent, type StepComparison } from "@/lib/core/compare/compare-steps";
import { Part } from "../run/part";
import { SideMark } from "./compare-figures";
import { StepRow, stepColumns, stepParam } from "./step-row";

export type CompareStepsProps = {
  readonly comparison: StepComparison;
  readonly runIds: { readonly a: string; readonly b: string };
  readonly onlyDifferences: boolean;
  readonly onOnlyDifferences: (only: boolean) => void;
  /** As `stepParam` writes it. */
  readonly selected: string | null;
  readonly onSelect: (step: string) => void;
};

const stackedPx = 52;

/** The steps of both runs in one order, each on the line of its counterpart; one virtual list, worked by keys. */
export function CompareSteps({ comparison, runIds, onlyDifferences, onOnlyDifferences, selected, onSelect }: CompareStepsProps) {
  const narrow = useMedia("(width < 64rem)");
  const linePx = useRowHeight();
  const rowPx = narrow ? stackedPx : linePx;
  const rows = useMemo(() => (onlyDifferences ? comparison.rows.filter(isDifferent) : comparison.rows), [comparison.rows, onlyDifferences]);
  const list = useFixedRows(rows.length, rowPx);
  const { range, scrollerRef } = list;
  const selectedRow = useMemo(() => (selected === null ? -1 : rows.findIndex((row) => holds(row, selected))), [rows, selected]);
  const focusedRow = Math.max(0, selectedRow);
  const focusNext = useSelectedRow(list, selectedRow);
  const choose = (row: number) => {
    const step = rows[row];
    if (!step) return;
    focusNext();
    onSelect(stepParam(step));
  };
  const toDifference = (by: 1 | -1) => {
    for (let row = selectedRow + by; row >= 0 && row < rows.length; row += by)
      if (isDifferent(rows[row] as ComparedStep)) return choose(row);
  };
  useShortcuts("Steps", [
    { keys: "n", label: "Next difference", run: () => toDifference(1) },
    { keys: "p", label: "Previous difference", run: () => selectedRow >= 0 && toDifference(-1) },
    { keys: "d", label: "Only differences", run: () => onOnlyDifferences(!onlyDifferences) },
  ]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLAnchorElement) return;
    const target = rowForKey(event.key, focusedRow, rows.length);
    if (target === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    choose(target);
  };
  const onClick = (event: MouseEvent) => {
    const row = (event.target as Element).closest<HTMLElement>("[data-row]")?.dataset.row;
    if (row !== undefined) choose(Number(row));
  };
  const shown: number[] = [];
  for (let row = range.first; row <= Math.min(range.last, rows.length - 1); row++) shown.push(row);
  if (selectedRow > range.last || (selectedRow >= 0 && selectedRow < range.first)) shown.push(selectedRow);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Part
        role="grid"
        aria-label="Steps of both runs"
        aria-rowcount={rows.length + 1}
        className="flex min-h-0 flex-1 flex-col"
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <StepHead />
        <Part
          ref={scrollerRef}
          role="rowgroup"
          onScroll={list.onScroll}
          className="relative min-h-0 flex-1 overflow-y-scroll overscroll-contain"
        >
          <div role="presentation" className="relative" style={{ height: list.totalPx }}>
            {shown.map((row) => {
              const step = rows[row];
              return (
                step && (
                  <StepRow
                    key={stepParam(step)}
                    {...{ step, row, rowPx, runIds }}
                    selected={row === selectedRow}
                    focused={row === focusedRow}
                  />
                )
              );
            })}
          </div>
          {rows.length === 0 && <NoRows filtered={comparison.rows.length > 0} onShowAll={() => onOnlyDifferences(false)} />}
        </Part>
      </Part>
      <CutNote comparison={comparison} />
    </div>
  );
}

function holds({ a, b }: ComparedStep, selected: string): boolean {
  return (a !== null && selected === `a:${a.id}`) || (b !== null && selected === `b:${b.id}`);
}

function StepHead() {
  return (
    <div className="shrink-0 overflow-y-scroll border-b [scrollbar-color:transparent_transparent] max-lg:sr-only">
      <Part role="row" aria-rowindex={1} className={`${stepColumns} h-7 text-faint text-meta`}>
        <Part role="columnheader">
          <span className="sr-only">Difference</span>
        </Part>
        <Part role="columnheader" className="flex items-center">
          <SideMark side="A" />
        </Part>
        <Part role="columnheader" className="text-right">
          Took
        </Part>
        <Part role="columnheader" className="flex items-center">
          <SideMark side="B" />
        </Part>
        <Part role="columnheader" className="text-right">
          Took
        </Part>
        <Part role="columnheader" className="text-right">
          B − A
        </Part>
      </Part>
    </div>
  );
}

function NoRows({ filtered, onShowAll }: { readonly filtered: boolean; readonly onShowAll: () => void }) {
  return (
    <EmptyState
      icon={GitCompareArrows}
      title={filtered ? "Both took the same steps" : "No steps yet"}
      action={filtered && <Button onClick={onShowAll}>Show all steps</Button>}
    >
      {filtered ? "No step is missing on either side, and none ended differently." : "Steps of either run appear here as they happen."}
    </EmptyState>
  );
}

function CutNote({ comparison: { cut, rows } }: { readonly comparison: StepComparison }) {
  if (cut.a === 0 && cut.b === 0) return null;
  const left = [cut.a > 0 && `${cut.a.toLocaleString("en")} of A`, cut.b > 0 && `${cut.b.toLocaleString("en")} of B`].filter(Boolean);
  return (
    <p className="shrink-0 border-t px-4 py-1.5 text-meta text-stalled">
      The first {rows.length.toLocaleString("en")} lines are compared. Later steps are left out: {left.join(", ")}.
    </p>
  );
}
