import { type ReactNode, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { SafeText } from "@/components/ui/safe-text";
import { formatDuration } from "@/lib/core/format/format-duration";
import { formatMoney } from "@/lib/core/format/format-money";
import { formatTokens } from "@/lib/core/format/format-tokens";
import { Part } from "../part";
import { areaPaths } from "./area-paths";
import {
  type CostTrail,
  prepareTrail,
  type TrailGroup,
  type TrailMeasure,
  type TrailSample,
  trailGroups,
  trailMeasures,
} from "./prepare-trail";

export type CostOverTimeProps = {
  readonly trail: { readonly samples: readonly TrailSample[]; readonly readShare: number | null };
  /** The moment that the page shows. */
  readonly now: TrailSample;
  readonly originMs: number;
  readonly group: TrailGroup;
  readonly measure: TrailMeasure;
  readonly onGroup: (group: TrailGroup) => void;
  readonly onMeasure: (measure: TrailMeasure) => void;
};

const groupWords: Record<TrailGroup, Record<TrailMeasure, string>> = {
  model: { cost: "By model", tokens: "By model" },
  agent: { cost: "By agent", tokens: "By agent" },
  origin: { cost: "Reported, estimated", tokens: "By class" },
};
const measureWords: Record<TrailMeasure, string> = { cost: "Cost", tokens: "Tokens" };
const colors = ["--kind-model", "--kind-tool", "--kind-agent", "--kind-wait", "--status-succeeded", "--status-paused"] as const;
const box = { width: 1_000, height: 160 } as const;

/** What the run had used by when, piled up. The tables below hold the same figures as of the moment shown. */
export function CostOverTime({ trail: { samples, readShare }, now, originMs, group, measure, onGroup, onMeasure }: CostOverTimeProps) {
  const trail = useMemo(() => prepareTrail(samples, now, { group, measure }), [samples, now, group, measure]);
  const [pointed, setPointed] = useState<number | null>(null);
  const at = Math.min(pointed ?? trail.points.length - 1, trail.points.length - 1);
  const point = trail.points[at];
  const amount = (value: number, estimate: boolean) => (measure === "tokens" ? formatTokens(value) : formatMoney(value, { estimate }));
  const isEstimated = trail.series.some(({ estimated }) => estimated);
  const sum = point?.values.reduce((total, value) => total + value, 0) ?? 0;
  const isDrawn = trail.top > 0 && trail.points.length >= 2;
  if (!isDrawn && !isAwaited(readShare, now)) return null;
  const words = trail.series.map(
    ({ label, estimated }, index) => `${label.slice(0, 60)} ${amount(trail.points.at(-1)?.values[index] ?? 0, estimated)}`,
  );
  return (
    <section className="pt-4" aria-label={`${measureWords[measure]} over time`}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h2 className="font-medium">Over time</h2>
        <Choices label="Measure" values={trailMeasures} chosen={measure} onChoose={onMeasure} word={(value) => measureWords[value]} />
        <Choices label="Split" values={trailGroups} chosen={group} onChoose={onGroup} word={(value) => groupWords[value][measure]} />
        {readShare !== null && readShare < 1 && (
          <span className="figures text-meta text-waiting">loading the log: {Math.floor(readShare * 100)} %</span>
        )}
        <span className={classNames("figures ml-auto text-meta text-muted", !isDrawn && "invisible")}>
          {amount(sum, isEstimated)} at {formatDuration(Math.max(0, (point?.atMs ?? originMs) - originMs))}
        </span>
      </div>
      {isDrawn ? (
        <TrailDrawing
          {...{ trail, originMs, topWords: amount(trail.top, isEstimated), onPoint: setPointed }}
          words={`${measureWords[measure]}, cumulative: ${words.join(", ")}`}
          pointedMs={pointed === null ? null : (point?.atMs ?? null)}
        />
      ) : (
        <div aria-hidden className="mt-2 mb-4.5 h-40 border-b border-l" />
      )}
      <ul className="flex min-h-5 flex-wrap gap-x-4 gap-y-1 pt-1 text-meta">
        {trail.series.map(({ key, label, estimated }, index) => (
          <li key={key} className="flex min-w-0 max-w-64 items-center gap-1.5">
            <span aria-hidden className="size-2.5 shrink-0 rounded-[2px]" style={{ background: `var(${colors[index % colors.length]})` }} />
            <span className="truncate">
              <SafeText text={label.slice(0, 120)} />
            </span>
            <span className="figures text-muted">{amount(point?.values[index] ?? 0, estimated)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Two calls make a line: its place is kept while the log is read, so that the tables below do not jump. */
function isAwaited(readShare: number | null, { usage }: TrailSample): boolean {
  return readShare !== null && readShare < 1 && usage.calls.events >= 2;
}

type TrailDrawingProps = {
  readonly trail: CostTrail;
  readonly originMs: number;
  readonly topWords: string;
  readonly words: string;
  readonly pointedMs: number | null;
  readonly onPoint: (index: number | null) => void;
};

function TrailDrawing({ trail, originMs, topWords, words, pointedMs, onPoint }: TrailDrawingProps) {
  const firstMs = trail.points[0]?.atMs ?? originMs;
  const endMs = trail.points.at(-1)?.atMs ?? firstMs;
  const paths = useMemo(() => areaPaths(trail, box), [trail]);
  return (
    <>
      <Part
        role="img"
        aria-label={words}
        className="relative mt-2 border-b border-l"
        onPointerMove={(event) => onPoint(nearestPoint(event.currentTarget, event.clientX, trail.points))}
        onPointerLeave={() => onPoint(null)}
      >
        <svg aria-hidden viewBox={`0 0 ${box.width} ${box.height}`} preserveAspectRatio="none" className="block h-40 w-full">
          {paths.map((path, index) => (
            <path key={trail.series[index]?.key} d={path} fill={`var(${colors[index % colors.length]})`} fillOpacity={0.78} />
          ))}
        </svg>
        <span className="figures absolute top-0 left-1 text-[11px] text-faint">{topWords}</span>
        {pointedMs !== null && (
          <span
            aria-hidden
            className="pointer-events-none absolute inset-y-0 w-px bg-ink opacity-60"
            style={{ left: `${endMs === firstMs ? 100 : ((pointedMs - firstMs) / (endMs - firstMs)) * 100}%` }}
          />
        )}
      </Part>
      <div className="figures flex justify-between pt-0.5 text-[11px] text-faint">
        <span>{firstMs > originMs ? formatDuration(firstMs - originMs) : "0"}</span>
        <span>{formatDuration(Math.max(0, endMs - originMs))}</span>
      </div>
    </>
  );
}

function nearestPoint(element: Element, clientX: number, points: readonly { readonly atMs: number }[]): number {
  const { left, width } = element.getBoundingClientRect();
  const firstMs = points[0]?.atMs ?? 0;
  const targetMs = firstMs + ((clientX - left) / Math.max(1, width)) * ((points.at(-1)?.atMs ?? firstMs) - firstMs);
  const after = points.findIndex(({ atMs }) => atMs > targetMs);
  return after === -1 ? points.length - 1 : Math.max(0, after - 1);
}

type ChoicesProps<Value extends string> = {
  readonly label: string;
  readonly values: readonly Value[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
  readonly word: (value: Value) => ReactNode;
};

function Choices<Value extends string>({ label, values, chosen, onChoose, word }: ChoicesProps<Value>) {
  return (
    <Part role="group" aria-label={label} className="flex rounded-box border">
      {values.map((value) => (
        <Button
          key={value}
          size="small"
          look="quiet"
          aria-pressed={value === chosen}
          onClick={() => onChoose(value)}
          className={classNames("rounded-none first:rounded-l-box last:rounded-r-box", value === chosen && "bg-selected text-ink")}
        >
          {word(value)}
        </Button>
      ))}
    </Part>
  );
}
