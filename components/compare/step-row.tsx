import { memo } from "react";
import { classNames } from "@/components/ui/class-names";
import { Money, Tokens } from "@/components/ui/figures";
import { Link } from "@/components/ui/link";
import { SafeText } from "@/components/ui/safe-text";
import type { ComparedStep } from "@/lib/core/compare/compare-steps";
import { besideName } from "@/lib/core/format/beside-name";
import { formatDuration, formatLength } from "@/lib/core/format/format-duration";
import { isUntimed } from "@/lib/core/run/duration";
import type { Span } from "@/lib/core/run/timeline-state";
import { Part } from "../run/part";
import { KindIcon } from "../run/timeline/kinds";
import { differ } from "./prepare-figures";

type StepRowProps = {
  readonly step: ComparedStep;
  readonly row: number;
  readonly rowPx: number;
  readonly runIds: { readonly a: string; readonly b: string };
  readonly selected: boolean;
  readonly focused: boolean;
};

/** One grid for head and rows. */
export const stepColumns =
  "grid grid-cols-[1.25rem_minmax(0,1fr)_4.5rem_minmax(0,1fr)_4.5rem_12rem] items-center gap-x-3 px-4 max-lg:grid-cols-[1.25rem_minmax(0,1fr)_5.5rem] max-lg:gap-y-0";

const asideChars = 120;

/** A step as the address names it: by the run that took it, A before B. */
export function stepParam({ a, b }: ComparedStep): string {
  return a ? `a:${a.id}` : `b:${b?.id ?? ""}`;
}

/** A step of A beside its counterpart in B; where there is no room below it. */
export const StepRow = memo(function StepRow({ step, row, rowPx, runIds, selected, focused }: StepRowProps) {
  const { a, b } = step;
  return (
    <Part
      role="row"
      data-row={row}
      aria-rowindex={row + 2}
      aria-selected={selected}
      tabIndex={focused ? 0 : -1}
      className={classNames(stepColumns, "absolute inset-x-0 border-b -outline-offset-2", selected ? "bg-selected" : "hover:bg-hover")}
      style={{ top: row * rowPx, height: rowPx }}
    >
      <Part role="gridcell" className="max-lg:row-span-2">
        <Mark step={step} />
      </Part>
      <StepCell span={a} href={a && `/runs/${runIds.a}?sel=${encodeURIComponent(a.id)}`} side="A" differs={step.differs.length > 0} />
      <Took span={a} />
      <StepCell span={b} href={b && `/runs/${runIds.b}?sel=${encodeURIComponent(b.id)}`} side="B" differs={step.differs.length > 0} />
      <Took span={b} />
      <Part role="gridcell" className="truncate text-right text-meta max-lg:hidden">
        <Further a={a} b={b} />
      </Part>
    </Part>
  );
});

const marks: Record<ComparedStep["kind"], { readonly sign: string; readonly word: string }> = {
  same: { sign: "", word: "both took this step" },
  changed: { sign: "≠", word: "a different step in each" },
  "only-a": { sign: "−", word: "only A took this step" },
  "only-b": { sign: "+", word: "only B took this step" },
};

function Mark({ step: { kind, differs } }: { readonly step: ComparedStep }) {
  const outcome = differs.includes("outcome") ? "it ended differently" : differs.includes("name") ? "by another model or name" : null;
  const { sign, word } = kind === "same" && outcome ? { sign: "~", word: outcome } : marks[kind];
  return (
    <span title={word} className={classNames("flex justify-center font-code font-medium", kind === "same" ? "text-muted" : "text-accent")}>
      <span aria-hidden>{sign}</span>
      <span className="sr-only">{word}</span>
    </span>
  );
}

type StepCellProps = { readonly span: Span | null; readonly href: string | null; readonly side: "A" | "B"; readonly differs: boolean };

function StepCell({ span, href, side, differs }: StepCellProps) {
  if (!span || href === null) {
    return (
      <Part role="gridcell" className="h-full">
        <span className="sr-only">not in {side}</span>
        <span
          aria-hidden
          className="block h-full rounded-row bg-[repeating-linear-gradient(135deg,transparent_0_6px,var(--hover)_6px_8px)]"
        />
      </Part>
    );
  }
  const failed = span.status === "failed";
  const aside = (failed ? span.error : null) ?? besideName(span.name, span.summary);
  return (
    <Part role="gridcell" className="flex min-w-0 items-center gap-1.5 overflow-hidden">
      <KindIcon kind={span.kind} failed={failed} />
      <Link
        href={href}
        tabIndex={-1}
        title={`Open in ${side}`}
        className={classNames(
          "min-w-0 shrink-0 truncate decoration-line-strong underline-offset-2 hover:underline",
          aside ? "max-w-[58%]" : "max-w-full",
          failed && "text-failed",
        )}
      >
        <SafeText text={span.name.slice(0, asideChars)} />
      </Link>
      {aside && (
        <span className={classNames("min-w-0 flex-1 truncate text-meta", failed ? "text-failed" : differs ? "text-muted" : "text-faint")}>
          <SafeText text={aside.slice(0, asideChars)} />
        </span>
      )}
    </Part>
  );
}

function Took({ span }: { readonly span: Span | null }) {
  const ms = durationOf(span);
  return (
    <Part role="gridcell" className="figures whitespace-nowrap text-right text-meta">
      {span === null || span.kind === "error" || isUntimed(span) ? (
        ""
      ) : ms === null ? (
        <span className="text-running">open</span>
      ) : (
        formatLength(ms)
      )}
    </Part>
  );
}

/** What B's step took, used and cost more or less than A's. */
function Further({ a, b }: { readonly a: Span | null; readonly b: Span | null }) {
  const duration = differ(durationOf(a), durationOf(b), formatDuration);
  const tokens = a?.tokens != null && b?.tokens != null ? b.tokens - a.tokens : 0;
  const nanos = a?.costNanos != null && b?.costNanos != null ? b.costNanos - a.costNanos : 0;
  return (
    <span className="figures">
      {tokens !== 0 && (
        <span className="mr-2 text-faint">
          {tokens > 0 ? "+" : "−"}
          <Tokens count={Math.abs(tokens)} />
        </span>
      )}
      {nanos !== 0 && (
        <span className="mr-2 text-faint">
          {nanos > 0 ? "+" : "−"}
          <Money nanos={Math.abs(nanos)} />
        </span>
      )}
      {duration && <span className={duration.text === "same" ? "text-faint" : undefined}>{duration.text}</span>}
    </span>
  );
}

function durationOf(span: Span | null): number | null {
  return span === null || span.endMs === null || isUntimed(span) ? null : Math.max(0, span.endMs - span.startMs);
}
