import { ChevronsDownUp, ChevronsUpDown, FoldHorizontal, Maximize2, UnfoldHorizontal, ZoomIn, ZoomOut } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { formatTicking } from "@/lib/core/format/format-duration";
import { Part } from "../part";
import { type PreparedRows, rowFlags, UNATTACHED } from "./prepare-rows";
import styles from "./timeline.module.css";
import type { Folding } from "./use-time-folds";
import type { WindowControl } from "./use-time-window";
import { zoomStep } from "./use-zoom-keys";

type TimelineHeadProps = {
  readonly rows: PreparedRows;
  /** Only some of the spans are asked for. */
  readonly filtered: boolean;
  readonly control: WindowControl;
  readonly folding: Folding;
  readonly onCollapse: (ids: ReadonlySet<string>) => void;
  readonly children: ReactNode;
};

/** Small beside a pointer, a finger's size under a finger. */
const tool = "pointer-coarse:size-10";

/** Above the rows: what collapses and zooms, and the time axis. */
export function TimelineHead({ rows, filtered, control, folding, onCollapse, children }: TimelineHeadProps) {
  return (
    <div className={`${styles.gutter} shrink-0 border-b`}>
      <Part role="row" aria-rowindex={1} className={`${styles.row} ${styles.head} h-7 pointer-coarse:h-10`}>
        <Part role="columnheader" className="flex min-w-0 items-center gap-0.5 overflow-hidden pr-1 pl-2 text-faint text-meta">
          <span className="mr-auto truncate">
            {filtered && `${rows.matches.toLocaleString("en")} of `}
            {rows.spans.length.toLocaleString("en")} {rows.spans.length === 1 ? "span" : "spans"}
            {folding.folds.length > 0 && <span className="text-waiting"> · {formatTicking(folding.foldedMs)} of waiting folded</span>}
          </span>
          <IconButton small className={tool} label="Collapse all" onClick={() => onCollapse(withChildren(rows))}>
            <ChevronsDownUp size={14} />
          </IconButton>
          <IconButton small className={tool} label="Expand all" onClick={() => onCollapse(new Set())}>
            <ChevronsUpDown size={14} />
          </IconButton>
          <span className="mx-1 h-3.5 border-l pointer-coarse:mx-0" />
          {folding.count > 0 && (
            <IconButton small className={tool} label="True time" keys="t" aria-pressed={folding.isTrueTime} onClick={folding.toggle}>
              {folding.isTrueTime ? <FoldHorizontal size={14} /> : <UnfoldHorizontal size={14} />}
            </IconButton>
          )}
          <IconButton
            small
            className={tool}
            label="Zoom out"
            keys="-"
            onClick={() => control.zoomBy(1 / zoomStep)}
            disabled={control.fitted}
          >
            <ZoomOut size={14} />
          </IconButton>
          <IconButton small className={tool} label="Zoom in" keys="+" onClick={() => control.zoomBy(zoomStep)}>
            <ZoomIn size={14} />
          </IconButton>
          <IconButton small className={tool} label="Fit the whole run" keys="0" onClick={control.fit} disabled={control.fitted}>
            <Maximize2 size={13} />
          </IconButton>
        </Part>
        <Part
          role="columnheader"
          aria-label="Time since the start"
          className="relative hidden min-w-0 overflow-hidden border-l @[640px]/run-view:block"
        >
          {children}
        </Part>
      </Part>
    </div>
  );
}

/** Everything below the top level that has something below it. */
function withChildren(rows: PreparedRows): ReadonlySet<string> {
  const ids = new Set<string>();
  for (let row = 0; row < rows.order.length; row++) {
    const index = rows.order[row] ?? UNATTACHED;
    const id = index === UNATTACHED ? null : rows.spans[index]?.id;
    if (id && (rows.flags[row] ?? 0) & rowFlags.hasChildren && (rows.depth[row] ?? 0) > 0) ids.add(id);
  }
  return ids;
}
