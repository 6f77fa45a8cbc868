"use client";
import { BarChart3, Table2 } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { later } from "@/components/ui/later";
import { SafeText } from "@/components/ui/safe-text";
import { Skeleton } from "@/components/ui/skeleton";
import type { CostReport } from "@/lib/core/api/costs";
import { formatMoney } from "@/lib/core/format/format-money";
import { formatTokens } from "@/lib/core/format/format-tokens";
import { shortenMiddle } from "@/lib/core/format/shorten-middle";
import { bucketWord } from "./bucket-words";
import { ChartTable } from "./chart-table";
import { type CostMeasure, costMeasures } from "./cost-params";
import { pointsCsv } from "./costs-csv";
import { CsvButton } from "./csv-button";
import { moneyTick } from "./money-tick";
import { type CostChart as Chart, prepareChart, restColor } from "./prepare-chart";
import { Segments } from "./segments";

const StackedBars = later(
  () => import("@/components/charts/stacked-bars").then((module) => module.StackedBars),
  () => <Skeleton className="h-full" />,
);

type CostChartProps = {
  readonly report: CostReport;
  readonly measure: CostMeasure;
  readonly onMeasure: (measure: CostMeasure) => void;
  /** Look closer at one bar; null where there is nothing finer. */
  readonly onZoom: ((fromMs: number, toMs: number) => void) | null;
};

const measureWords = { money: "Money", tokens: "Tokens" } as const;

/** Over time: a stacked chart and, in its place when asked for, the table that says the same. */
export function CostChart({ report, measure, onMeasure, onZoom }: CostChartProps) {
  const [asTable, setAsTable] = useState(false);
  const chart = useMemo(() => prepareChart(report, measure), [report, measure]);
  const amount = measure === "money" ? (value: number) => formatMoney(value) : signedTokens;
  const zoom = (index: number) => {
    const bar = chart.bars[index];
    if (bar && onZoom) onZoom(bar.atMs, bar.endMs);
  };
  return (
    <section aria-label="Over time">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="mr-auto font-medium">
          By {report.bucket}{" "}
          <span className="font-normal text-faint text-meta">
            UTC{onZoom && !asTable && <span className="max-md:hidden">, click a bar to zoom in</span>}
          </span>
        </h2>
        <Segments label="Measure" values={costMeasures} words={measureWords} value={measure} onChange={onMeasure} />
        <Button aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? <BarChart3 aria-hidden size={14} /> : <Table2 aria-hidden size={14} />}
          {asTable ? "Chart" : "Table"}
        </Button>
        {asTable && <CsvButton report={report} name={`costs-by-${report.groupBy}-and-${report.bucket}`} csv={pointsCsv} />}
      </div>
      <Legend chart={chart} />
      {asTable ? (
        <ChartTable chart={chart} bucket={report.bucket} amount={amount} onZoom={onZoom && zoom} />
      ) : (
        <div className={classNames("mt-2 h-64 [&_svg:focus:not(:focus-visible)]:outline-none", onZoom && "[&_svg]:cursor-zoom-in")}>
          <StackedBars
            stacks={chart.series.map(({ id, label, color, estimated }) => ({ id, label, color, hatched: estimated }))}
            bars={chart.bars}
            tick={(atMs) => bucketWord(atMs, report.bucket)}
            amount={measure === "money" ? moneyTick : signedTokens}
            describe={(index) => <BarNote chart={chart} index={index} bucket={report.bucket} amount={amount} />}
            {...(onZoom ? { onBar: zoom } : {})}
          />
        </div>
      )}
    </section>
  );
}

function signedTokens(value: number): string {
  return value < 0 ? `−${formatTokens(-value)}` : formatTokens(value);
}

function Swatch({ color, hatched }: { readonly color: number; readonly hatched: boolean }) {
  return (
    <span
      aria-hidden
      className={classNames("size-2.5 shrink-0 rounded-[2px]", hatched ? "hatched" : "bg-current")}
      style={{ color: `var(--series-${color})` }}
    />
  );
}

/** A group is named once: its estimates have its colour, hatched. */
function Legend({ chart }: { readonly chart: Chart }) {
  const groups = [...new Map(chart.series.map(({ color, label }) => [color, label]))].sort(([a], [b]) => a - b);
  return (
    <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-meta text-muted">
      {groups.map(([color, label]) => (
        <li key={color} className="flex min-w-0 items-center gap-1.5">
          <Swatch color={color} hatched={false} />
          {/* Names of one system often differ in their ends. */}
          <span className="max-w-56 truncate" title={label}>
            <SafeText text={shortenMiddle(label, 28)} />
          </span>
        </li>
      ))}
      {chart.series.some((series) => series.estimated) && (
        <li className="flex items-center gap-1.5">
          <Swatch color={restColor} hatched />
          ~estimated
        </li>
      )}
    </ul>
  );
}

type BarNoteProps = {
  readonly chart: Chart;
  readonly index: number;
  readonly bucket: CostReport["bucket"];
  readonly amount: (value: number) => string;
};

function BarNote({ chart, index, bucket, amount }: BarNoteProps) {
  const bar = chart.bars[index];
  if (!bar) return null;
  const told = chart.series.map((series, place) => ({ series, value: bar.values[place] ?? 0 })).filter(({ value }) => value !== 0);
  return (
    <div className="rounded-box border bg-overlay px-3 py-2 text-meta shadow-overlay">
      <p className="text-muted">{bucketWord(bar.atMs, bucket)} UTC</p>
      {told.length === 0 && <p className="text-faint">nothing reported</p>}
      {told.map(({ series, value }) => (
        <p key={series.id} className="flex items-center gap-1.5">
          <Swatch color={series.color} hatched={series.estimated} />
          <span className="max-w-56 truncate">
            <SafeText text={shortenMiddle(series.label, 28)} />
          </span>
          <span className="figures ml-auto pl-4">
            {series.estimated && "~"}
            {amount(value)}
          </span>
        </p>
      ))}
      {bar.unpriced > 0 && <p className="text-stalled">{bar.unpriced.toLocaleString("en")} unpriced</p>}
    </div>
  );
}
