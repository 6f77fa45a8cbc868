"use client";
import { CalendarRange, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { type CostGrouping, costGroupings } from "@/lib/core/costs/cost-grouping";
import { type CostRange, type CostWindow, costLengths, costPeriods } from "@/lib/core/costs/cost-span";
import { spanWord } from "./bucket-words";
import { DaysDialog } from "./days-dialog";
import { Segments } from "./segments";

type CostControlsProps = {
  readonly window: CostWindow;
  readonly group: CostGrouping;
  readonly onRange: (range: CostRange) => void;
  readonly onSpan: (fromMs: number, toMs: number) => void;
  readonly onGroup: (group: CostGrouping) => void;
};

const rangeWords: Readonly<Record<CostRange, string>> = {
  "1h": "1 h",
  "6h": "6 h",
  "24h": "24 h",
  "7d": "7 d",
  "30d": "30 d",
  "90d": "90 d",
  today: "Today",
  month: "This month",
  "last-month": "Last month",
};
const groupWords: Readonly<Record<CostGrouping, string>> = {
  agent: "Agent",
  model: "Model",
  source: "Source",
  session: "Session",
  environment: "Environment",
};

/** The time and the grouping that the whole page is about. */
export function CostControls({ window, group, onRange, onSpan, onGroup }: CostControlsProps) {
  const { range, fixed } = window;
  const [choosing, setChoosing] = useState(false);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <Segments label="Range" values={costLengths} words={rangeWords} value={fixed ? null : range} onChange={onRange} />
      <span className="flex items-center gap-2">
        <Segments label="Calendar ranges" values={costPeriods} words={rangeWords} value={fixed ? null : range} onChange={onRange} />
        <Button onClick={() => setChoosing(true)}>
          <CalendarRange aria-hidden size={14} />
          Custom
        </Button>
      </span>
      {choosing && <DaysDialog window={window} onSpan={onSpan} onClose={() => setChoosing(false)} />}
      {fixed && (
        <span className="flex items-center gap-1 rounded-box bg-selected pl-2.5 text-meta">
          {spanWord(fixed.fromMs, fixed.toMs)}
          <IconButton label={`Back to ${rangeWords[range]}`} onClick={() => onRange(range)}>
            <X size={14} />
          </IconButton>
        </span>
      )}
      <span className="flex items-center gap-2">
        <span aria-hidden className="text-meta text-muted max-md:hidden">
          by
        </span>
        <Segments label="Group by" values={costGroupings} words={groupWords} value={group} onChange={onGroup} />
      </span>
    </div>
  );
}
