"use client";
import { ChevronDown, Hand } from "lucide-react";
import { useState } from "react";
import { TimeLeft } from "@/components/approvals/time-left";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Duration } from "@/components/ui/figures";
import { Link } from "@/components/ui/link";
import { SafeText } from "@/components/ui/safe-text";
import { useMedia } from "@/components/ui/use-media";
import type { Approval } from "@/lib/core/api/approval";
import type { WaitingEntry } from "./attention";
import { BannerDecision } from "./banner-decision";

type ApprovalBannerProps = {
  readonly pending: readonly WaitingEntry[];
  /** The same as the inbox has them, to be decided; a run that only says that it waits has none. */
  readonly approvals: readonly Approval[];
  /** What to add to our clock to read the run's. */
  readonly offsetMs: number;
  readonly onShow: (seq: number) => void;
  /** The earlier moment of the run that is shown; null = now. */
  readonly asOfMs: number | null;
};

const clampChars = 240;
/** As a phone that lies on its side: the `low` of app/globals.css. */
const lowScreen = "(max-height: 30rem) and (min-width: 35rem)";

/** What the run is waiting for a human to say, and the means to say it. */
export function ApprovalBanner({ pending, approvals, offsetMs, onShow, asOfMs }: ApprovalBannerProps) {
  const [chosen, setChosen] = useState<{ readonly id: string; readonly open: boolean } | null>(null);
  const low = useMedia(lowScreen);
  const [first, ...others] = pending;
  const approval = first && approvals.find(({ requestedSeq }) => requestedSeq === first.requestedSeq);
  const isNext = useTookPlace(approval?.id ?? null, first !== undefined);
  if (!first) return null;
  const byReader = chosen !== null && chosen.id === approval?.id;
  // Low on a screen it is one line until somebody wants to decide: opened, it leaves no row of the run in sight.
  const open = approval !== undefined && (byReader ? chosen.open : !low);
  return (
    <section
      aria-label="Waiting for a human"
      className="max-h-[65dvh] shrink-0 overflow-y-auto border-waiting border-b border-l-3 bg-panel px-3 py-2 sm:px-4 low:py-0.5"
    >
      <div className="flex min-w-0 flex-wrap items-start gap-x-2.5 gap-y-1.5 low:flex-nowrap low:items-center">
        <Hand aria-hidden size={16} strokeWidth={1.75} className="mt-0.5 shrink-0 text-waiting low:mt-0" />
        <div className="min-w-0 flex-1 basis-64 max-sm:basis-[calc(100%-2rem)] low:flex low:items-center low:gap-x-3">
          <Asked entry={first} />
          <p className="mt-0.5 flex flex-wrap items-center gap-x-3 text-meta text-muted low:mt-0 low:shrink-0 low:flex-nowrap">
            {first.requestedAtMs !== null && (
              <span className="low:hidden">
                waiting <Duration startMs={first.requestedAtMs - offsetMs} endMs={asOfMs === null ? null : asOfMs - offsetMs} />
              </span>
            )}
            {approval && <TimeLeft expiresAt={approval.expiresAt} />}
            {asOfMs !== null && <span>as of the moment shown</span>}
            {first.agent && (
              <span className="truncate low:hidden">
                asked by <SafeText text={first.agent.slice(0, 120)} />
              </span>
            )}
            {others.length > 0 && (
              <Link href="/approvals" className="rounded-row text-waiting hover:underline">
                and {others.length.toLocaleString("en")} more waiting
              </Link>
            )}
          </p>
        </div>
        {approval && (
          <Button
            className="max-sm:ml-auto"
            size="small"
            look="quiet"
            aria-expanded={open}
            onClick={() => setChosen({ id: approval.id, open: !open })}
          >
            {open ? "Later" : "Decide"}
            <ChevronDown aria-hidden size={13} className={classNames("transition-transform", open && "rotate-180")} />
          </Button>
        )}
        {first.requestedSeq !== null && (
          <Button size="small" onClick={() => onShow(first.requestedSeq ?? 0)}>
            Show in run
          </Button>
        )}
      </div>
      {open && (
        // The server cannot know how low the screen is: what it drew open does not flash there.
        <div className={byReader ? undefined : "low:hidden"}>
          <BannerDecision key={approval.id} approval={approval} isNext={isNext} />
        </div>
      )}
    </section>
  );
}

/** Whether a request stands where another one stood until it came. Between the two it may be on its way for a moment (null). */
function useTookPlace(id: string | null, isWaiting: boolean): boolean {
  const [held, setHeld] = useState({ id, tookPlace: false });
  const next = id ?? (isWaiting ? held.id : null);
  if (next !== held.id) setHeld({ id: next, tookPlace: held.id !== null && next !== null });
  return held.tookPlace;
}

/** The machine's part first (tool), the agent's own words behind it and marked as such. */
function Asked({ entry }: { readonly entry: WaitingEntry }) {
  return (
    <p className="min-w-0 break-words [overflow-wrap:anywhere] low:truncate">
      <span className="font-medium text-waiting">{entry.kind === "tool" ? "Approval" : "Question"}</span>
      {entry.tool && (
        <span className="ml-2 font-code font-medium">
          <SafeText text={entry.tool} clamp={clampChars} />
        </span>
      )}
      {entry.risk && (
        <span className="tint ml-2 rounded-row px-1 text-meta text-waiting">
          <SafeText text={entry.risk.slice(0, 40)} /> risk
        </span>
      )}
      {entry.question && (
        <span className="ml-2" dir="auto">
          {entry.tool && <span className="text-faint text-meta">in the agent's words: </span>}
          <SafeText text={entry.question} clamp={clampChars} />
        </span>
      )}
      {!entry.tool && !entry.question && <span className="ml-2 text-muted">The run is waiting for a human but did not say for what.</span>}
    </p>
  );
}
