"use client";
import { ChevronDown, Hand } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Duration } from "@/components/ui/figures";
import { JsonView } from "@/components/ui/json-view";
import { SafeText } from "@/components/ui/safe-text";
import { useNow } from "@/lib/client/hooks/use-now";
import { type Dialect, dialectLabels } from "@/lib/core/dialect";
import { formatDuration } from "@/lib/core/format/format-duration";
import type { WaitingEntry } from "./attention";

type ApprovalBannerProps = {
  readonly pending: readonly WaitingEntry[];
  readonly dialect: Dialect;
  /** What to add to our clock to read the run's. */
  readonly offsetMs: number;
  readonly onShow: (seq: number) => void;
};

const clampChars = 240;

/** What the run is waiting for a human to say. Read-only: the answer is given in the agent's own system. */
export function ApprovalBanner({ pending, dialect, offsetMs, onShow }: ApprovalBannerProps) {
  const [open, setOpen] = useState(false);
  const [first, ...others] = pending;
  if (!first) return null;
  const hasArguments = first.arguments !== null && !isEmpty(first.arguments);
  return (
    <section aria-label="Waiting for a human" className="shrink-0 border-waiting border-b border-l-3 bg-panel px-3 py-2 sm:px-4">
      <div className="flex min-w-0 flex-wrap items-start gap-x-2.5 gap-y-1.5">
        <Hand aria-hidden size={16} strokeWidth={1.75} className="mt-0.5 shrink-0 text-waiting" />
        <div className="min-w-0 flex-1 basis-64">
          <Asked entry={first} />
          <p className="mt-0.5 flex flex-wrap items-center gap-x-3 text-meta text-muted">
            {first.requestedAtMs !== null && (
              <span>
                waiting <Duration startMs={first.requestedAtMs - offsetMs} endMs={null} />
              </span>
            )}
            <TimeLeft entry={first} offsetMs={offsetMs} />
            {first.agent && (
              <span className="truncate">
                asked by <SafeText text={first.agent.slice(0, 120)} />
              </span>
            )}
            <span>The decision is answered in {dialectLabels[dialect]}'s own system; it appears here when it is made.</span>
            {others.length > 0 && <span className="text-waiting">and {others.length.toLocaleString("en")} more waiting</span>}
          </p>
        </div>
        {hasArguments && (
          <Button size="small" look="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
            Arguments
            <ChevronDown aria-hidden size={13} className={classNames("transition-transform", open && "rotate-180")} />
          </Button>
        )}
        {first.requestedSeq !== null && (
          <Button size="small" onClick={() => onShow(first.requestedSeq ?? 0)}>
            Show in run
          </Button>
        )}
      </div>
      {open && hasArguments && (
        <div className="mt-2 max-h-64 overflow-auto rounded-box border bg-inset p-2 sm:ml-6">
          <JsonView value={first.arguments} openDepth={3} />
        </div>
      )}
    </section>
  );
}

/** The machine's part first (tool), the agent's own words behind it and marked as such. */
function Asked({ entry }: { readonly entry: WaitingEntry }) {
  return (
    <p className="min-w-0 break-words [overflow-wrap:anywhere]">
      <span className="font-medium text-waiting">{entry.kind === "tool" ? "Approval" : "Question"}</span>
      {entry.tool && (
        <span className="ml-2 font-code font-medium">
          <SafeText text={entry.tool} clamp={clampChars} />
        </span>
      )}
      {entry.risk && (
        <span className="tint ml-2 rounded-row px-1 text-meta text-waiting uppercase">
          <SafeText text={entry.risk.slice(0, 40)} />
        </span>
      )}
      {entry.question && (
        <span className="ml-2" dir="auto">
          {entry.tool && <span className="text-faint text-meta">in the agent's words: </span>}
          <SafeText text={entry.question} clamp={clampChars} />
        </span>
      )}
      {!entry.tool && !entry.question && <span className="ml-2 text-muted">The run waits for a human; it did not say for what.</span>}
    </p>
  );
}

function TimeLeft({ entry, offsetMs }: { readonly entry: WaitingEntry; readonly offsetMs: number }) {
  const nowMs = useNow(entry.timeoutMs === null ? null : 1_000) + offsetMs;
  if (entry.timeoutMs === null || entry.requestedAtMs === null) return null;
  const leftMs = entry.requestedAtMs + entry.timeoutMs - nowMs;
  if (leftMs <= 0) return <span className="text-stalled">past its timeout</span>;
  return <span className="figures">{formatDuration(Math.ceil(leftMs / 1_000) * 1_000)} left</span>;
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
