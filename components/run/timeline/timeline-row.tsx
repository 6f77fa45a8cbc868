import { ChevronDown, ChevronRight, Unplug } from "lucide-react";
import { type CSSProperties, memo } from "react";
import { classNames } from "@/components/ui/class-names";
import { Duration, Money, Tokens } from "@/components/ui/figures";
import { FittedName } from "@/components/ui/fitted-name";
import { SafeText } from "@/components/ui/safe-text";
import { besideName } from "@/lib/core/format/beside-name";
import { formatLength } from "@/lib/core/format/format-duration";
import { isUntimed } from "@/lib/core/run/duration";
import type { Span } from "@/lib/core/run/timeline-state";
import { foldedTime, type TimeFold } from "@/lib/core/time-folds/fold-time";
import { Part } from "../part";
import { KindIcon, kindLooks } from "./kinds";
import { rowFlags } from "./prepare-rows";
import styles from "./timeline.module.css";

export type TimelineRowProps = {
  /** null = the row above spans whose parent has not been seen. */
  readonly span: Span | null;
  readonly row: number;
  readonly rowPx: number;
  readonly depth: number;
  readonly flags: number;
  readonly originMs: number;
  readonly folds: readonly TimeFold[];
  readonly offsetMs: number;
  readonly selected: boolean;
  readonly focused: boolean;
  /** The run lives: an open bar ends at the present. */
  readonly live: boolean;
  /** Where an open bar ends while an earlier moment is shown, or where nothing was heard of the run since. */
  readonly presentMs: number | null;
  /** Nothing was heard of the run since `presentMs`: what was open then took at least so long. */
  readonly silent: boolean;
};

const indentPx = 14;
const deepestIndent = 16;
/** A row has room for less; what is cut here stands whole in the inspector. */
const longestAside = 160;

/** One span in tree and waterfall. Clicks and keys are heard by the grid, by `data-row`. */
export const TimelineRow = memo(function TimelineRow(props: TimelineRowProps) {
  const { span, row, rowPx, depth, flags, selected, focused } = props;
  const hasChildren = Boolean(flags & rowFlags.hasChildren);
  return (
    <Part
      role="row"
      data-row={row}
      aria-rowindex={row + 2}
      aria-level={depth + 1}
      aria-expanded={hasChildren ? !(flags & rowFlags.collapsed) : undefined}
      aria-selected={selected}
      tabIndex={focused ? 0 : -1}
      className={classNames(styles.row, "group absolute inset-x-0 -outline-offset-2", selected ? "bg-selected" : "hover:bg-hover")}
      style={{ top: row * rowPx, height: rowPx }}
    >
      <Part role="gridcell" className="flex min-w-0 items-center gap-1.5 overflow-hidden pr-3 pl-2">
        <Indent depth={depth} />
        <Chevron flags={flags} />
        {span ? <SpanName {...props} span={span} /> : <Unattached />}
      </Part>
      <Part role="gridcell" className={classNames(styles.lane, Boolean(flags & rowFlags.context) && "opacity-50")}>
        {span && <Bar {...props} span={span} />}
      </Part>
    </Part>
  );
});

function Indent({ depth }: { depth: number }) {
  if (depth === 0) return null;
  const levels = Math.min(depth, deepestIndent);
  const guides = `repeating-linear-gradient(90deg, transparent 0 7px, var(--line) 7px 8px, transparent 8px ${indentPx}px)`;
  return <span aria-hidden className="h-full shrink-0" style={{ width: levels * indentPx, backgroundImage: guides }} />;
}

function Chevron({ flags }: { flags: number }) {
  if (!(flags & rowFlags.hasChildren)) return <span className="w-4 shrink-0" />;
  const Icon = flags & rowFlags.collapsed ? ChevronRight : ChevronDown;
  return (
    <span
      data-toggle
      className="-m-1 flex size-6 shrink-0 items-center justify-center text-faint hover:text-ink pointer-coarse:-mx-3 pointer-coarse:h-full pointer-coarse:w-10"
    >
      <Icon aria-hidden size={14} />
    </span>
  );
}

function Unattached() {
  return (
    <>
      <Unplug aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-faint" />
      <span className="truncate text-muted">Unattached</span>
      <span className="truncate text-faint text-meta">their parent was named but never seen</span>
    </>
  );
}

function SpanName({ span, flags, offsetMs, live, presentMs, silent }: TimelineRowProps & { readonly span: Span }) {
  const isContext = Boolean(flags & rowFlags.context);
  const hidesFailure = Boolean(flags & rowFlags.failedBelow) && Boolean(flags & rowFlags.collapsed);
  const failed = span.status === "failed";
  const aside = (failed ? span.error : null) ?? besideName(span.name, span.summary);
  return (
    <>
      <KindIcon kind={span.kind} failed={failed} />
      <span
        title={span.name}
        className={classNames(
          "flex min-w-0",
          aside && "max-w-[58%]",
          span.kind === "agent" && "font-medium",
          failed ? "text-failed" : isContext && "text-faint",
        )}
      >
        <FittedName name={span.name} />
      </span>
      {aside && (
        <span className={classNames("min-w-0 flex-1 truncate text-meta", failed ? "text-failed" : "text-faint")}>
          <SafeText text={aside.slice(0, longestAside)} />
        </span>
      )}
      <span className="ml-auto flex shrink-0 items-center gap-2.5 pl-2 text-meta text-muted">
        {hidesFailure && (
          <span role="img" aria-label="contains a failure" title="Contains a failure" className="size-1.5 rounded-full bg-failed" />
        )}
        {span.tokens !== null && span.tokens > 0 && <Tokens count={span.tokens} className="hidden @[640px]/run-view:inline" />}
        {span.costNanos !== null && span.costNanos > 0 && <Money nanos={span.costNanos} />}
        {span.kind !== "error" && (
          <span className="figures min-w-12 text-right text-faint @[640px]/run-view:hidden">
            <Took {...{ span, offsetMs, live, presentMs, silent }} />
          </span>
        )}
      </span>
    </>
  );
}

function Bar({ span, originMs, folds, offsetMs, live, presentMs, silent }: TimelineRowProps & { span: Span }) {
  const { word, color, bar } = kindLooks[span.kind];
  const open = span.endMs === null;
  const at = (ms: number) => foldedTime(folds, ms - originMs);
  const end = span.endMs === null ? (live || presentMs !== null ? "var(--now)" : at(span.startMs)) : at(span.endMs);
  const place = { "--s": at(span.startMs), "--e": end } as CSSProperties;
  return (
    <>
      <span
        title={`${word}: ${span.name}`}
        className={classNames(
          styles.bar,
          bar,
          span.status === "failed" ? "text-kind-error" : color,
          open && live && styles.open,
          open && silent && styles.silent,
          span.status === "failed" && styles.failed,
          span.status === "cancelled" && styles.cancelled,
        )}
        style={place}
      />
      <span className={classNames(styles.figure, open && silent && styles.behindSilence, "figures text-[11px] text-muted")} style={place}>
        {span.kind !== "error" && <Took {...{ span, offsetMs, live, presentMs, silent }} />}
      </span>
    </>
  );
}

type TookProps = Pick<TimelineRowProps, "offsetMs" | "live" | "presentMs" | "silent"> & { readonly span: Span };

/** Only what is open ticks: a closed row holds plain text. */
function Took({ span, offsetMs, live, presentMs, silent }: TookProps) {
  if (isUntimed(span)) return null;
  const endMs = span.endMs ?? presentMs;
  if (endMs !== null) {
    const isOpen = span.endMs === null;
    // The moment that is shown is the one in which it begins: nothing of it has passed.
    if (isOpen && endMs <= span.startMs) return silent ? null : "begins";
    return `${silent && isOpen ? "≥ " : ""}${formatLength(endMs - span.startMs)}`;
  }
  return live && <Duration startMs={span.startMs - offsetMs} endMs={null} />;
}
