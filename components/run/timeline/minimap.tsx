import { memo, type PointerEvent, useRef, useState } from "react";
import { shareAt } from "@/components/ui/share-at";
import type { Span } from "@/lib/core/run/timeline-state";
import { foldedTime, type TimeFold } from "@/lib/core/time-folds/fold-time";
import { Part } from "../part";
import { type Density, prepareDensity } from "./prepare-density";
import type { TimeWindow } from "./time-window";
import type { WindowControl } from "./use-time-window";

type MinimapProps = {
  readonly spans: readonly Span[];
  readonly originMs: number;
  readonly folds: readonly TimeFold[];
  readonly control: WindowControl;
};

const columns = 240;
const height = 20;
const leastShare = 0.004;

/** All of the run that is here in one strip: how much went on when, where something failed, and which part the waterfall shows. */
export function Minimap({ spans, originMs, folds, control }: MinimapProps) {
  const { whole } = control;
  const wholeMs = whole.toMs - whole.fromMs;
  const atMs = (share: number) => whole.fromMs + share * wholeMs;
  const density = useDensity(spans, { originMs, folds, fromMs: whole.fromMs, lengthMs: wholeMs });
  const start = useRef<number | null>(null);
  const choose = (event: PointerEvent) => {
    if (start.current === null) return;
    const [from, to] = [Math.min(start.current, shareAt(event)), Math.max(start.current, shareAt(event))];
    if (to - from > leastShare) control.zoomTo({ fromMs: atMs(from), toMs: atMs(to) });
    else if (event.type === "pointerup" && !control.fitted) control.zoomTo(around(control.window, atMs(from)));
  };
  return (
    // The axis above and its keys do the same; this is its picture.
    <Part
      aria-hidden
      className="relative h-full cursor-crosshair touch-none select-none overflow-hidden"
      title="Drag over part of the run to zoom in; double-click to fit the whole run"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = shareAt(event);
      }}
      onPointerMove={choose}
      onPointerUp={(event) => {
        choose(event);
        start.current = null;
      }}
      onPointerCancel={() => {
        start.current = null;
      }}
      onDoubleClick={control.fit}
    >
      <DensityDrawing density={density} />
      {folds.map((fold) => (
        <span
          key={fold.fromMs}
          className="absolute inset-y-0 border-kind-wait border-x border-dashed opacity-70"
          style={{
            left: `${((foldedTime(folds, fold.fromMs) - whole.fromMs) / wholeMs) * 100}%`,
            width: `${(fold.shownMs / wholeMs) * 100}%`,
          }}
        />
      ))}
      {!control.fitted && <WindowFrame window={control.window} whole={whole} />}
    </Part>
  );
}

function around(window: TimeWindow, atMs: number): TimeWindow {
  const half = (window.toMs - window.fromMs) / 2;
  return { fromMs: atMs - half, toMs: atMs + half };
}

function WindowFrame({ window, whole }: { readonly window: TimeWindow; readonly whole: TimeWindow }) {
  const wholeMs = whole.toMs - whole.fromMs;
  const percent = (ms: number) => `${Math.min(100, Math.max(0, ((ms - whole.fromMs) / wholeMs) * 100))}%`;
  return (
    <>
      <span className="absolute inset-y-0 left-0 bg-panel opacity-65" style={{ width: percent(window.fromMs) }} />
      <span className="absolute inset-y-0 right-0 bg-panel opacity-65" style={{ left: percent(window.toMs) }} />
      <span
        className="absolute inset-y-0 border-accent border-x"
        style={{ left: percent(window.fromMs), width: `${Math.max(0.3, ((window.toMs - window.fromMs) / wholeMs) * 100)}%` }}
      />
    </>
  );
}

const DensityDrawing = memo(function DensityDrawing({ density }: { readonly density: Density }) {
  let outline = `M0 ${height}`;
  density.columns.forEach((share, column) => {
    const y = height - share * (height - 5);
    outline += `L${column} ${y.toFixed(1)}L${column + 1} ${y.toFixed(1)}`;
  });
  const errors = [...density.errors].flatMap((failed, column) => (failed ? [column] : []));
  return (
    <svg aria-hidden viewBox={`0 0 ${columns} ${height}`} preserveAspectRatio="none" className="absolute inset-0 size-full">
      <path d={`${outline}L${columns} ${height}Z`} fill="var(--kind-tool)" fillOpacity={0.4} />
      <path d={errors.map((column) => `M${column} 0h1v4h-1z`).join("")} fill="var(--kind-error)" />
    </svg>
  );
});

type Stretch = {
  readonly originMs: number;
  readonly folds: readonly TimeFold[];
  readonly fromMs: number;
  readonly lengthMs: number;
};

/** Made anew when the run grew by a hundredth, or failed at something, not at every event. */
function useDensity(spans: readonly Span[], stretch: Stretch): Density {
  const make = () => ({ spans, stretch, density: densityOf(spans, stretch) });
  const [known, setKnown] = useState(make);
  const isSame = (["originMs", "folds", "fromMs", "lengthMs"] as const).every((each) => known.stretch[each] === stretch[each]);
  const isNear =
    known.spans === spans || (spans.length >= known.spans.length && spans.length > 200 && spans.length < known.spans.length * 1.01);
  if (isSame && isNear) return known.density;
  const next = make();
  setKnown(next);
  return next.density;
}

function densityOf(spans: readonly Span[], { originMs, folds, fromMs, lengthMs }: Stretch): Density {
  return prepareDensity(spans, { fromMs, lengthMs, columns, place: (ms) => foldedTime(folds, ms - originMs) });
}
