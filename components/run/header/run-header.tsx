"use client";
import { Ellipsis, GitCompareArrows } from "lucide-react";
import { Popover } from "radix-ui";
import type { ReactNode } from "react";
import { CopyLinkButton } from "@/components/layout/copy-link";
import { DialectBadge } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button-class";
import { RunCost } from "@/components/ui/figures";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { LiveBadge } from "@/components/ui/live-badge";
import { SafeText } from "@/components/ui/safe-text";
import { ShortId } from "@/components/ui/short-id";
import { SourceName } from "@/components/ui/source-name";
import { StatusBadge } from "@/components/ui/status";
import type { Connection } from "@/lib/client/hooks/use-connection";
import { useNow } from "@/lib/client/hooks/use-now";
import type { RunSummary } from "@/lib/core/api/run";
import type { RowState } from "@/lib/core/run/state";
import { isTerminal } from "@/lib/core/run/status";
import { isStalled } from "@/lib/core/run-query/match-run";
import { compareHref } from "../../compare/compare-href";
import { sessionHref } from "../../sessions/session-href";
import { ResendButton } from "../resend/resend-button";
import { BackToRuns } from "./back-to-runs";
import { BudgetBar } from "./budget-bar";
import { CompletenessFigure } from "./completeness-figure";
import { CostFigure } from "./cost-figure";
import { ElapsedFigure } from "./elapsed-figure";
import { StallNote } from "./stall-note";
import { TokenFigure } from "./token-figure";

const stallTickMs = 5_000;

type RunHeaderProps = {
  readonly run: RunSummary;
  readonly state: Pick<RowState, "lifecycle">;
  readonly connection: Connection;
  /** An earlier moment of the run is shown. */
  readonly isPast: boolean;
  /** Pause, resume, cancel; null where there is nothing to control. */
  readonly controls: ReactNode;
};

/** Is it well, what is it called, what has it cost: one line of identity, one of figures, one that says what it does now. */
export function RunHeader({ run, state, connection, isPast, controls }: RunHeaderProps) {
  const over = isTerminal(run.status);
  return (
    <header className="@container/run-header shrink-0 border-b bg-panel px-3 pt-2 pb-1.5 sm:px-4">
      <div className="flex min-w-0 items-center gap-2">
        <BackToRuns />
        <RunStatusBadge run={run} isPast={isPast} />
        <h1 className="min-w-0 truncate font-semibold text-title" dir="auto">
          <SafeText text={run.name.slice(0, 300)} />
        </h1>
        <span className="hidden shrink-0 items-center gap-1.5 @[44rem]/run-header:flex">
          <DialectBadge dialect={run.dialect} />
          <ShortId id={run.externalId} what="the sender's run id" length={22} className="text-muted" />
        </span>
        <span className="ml-auto flex shrink-0 items-center gap-1">
          {!over && !isPast && <LiveBadge connection={connection} compact className="md:hidden" />}
          <ResendButton runId={run.id} />
          <CopyLinkButton className="max-sm:hidden" />
          <MorePopover run={run} />
        </span>
      </div>
      <Figures run={run} controls={controls} />
      {!over && <Activity run={run} state={state} isPast={isPast} />}
    </header>
  );
}

/** As the list calls it: a run that has been silent for too long is stalled, whatever it said last. */
function RunStatusBadge({ run, isPast }: Pick<RunHeaderProps, "run" | "isPast">) {
  return <StatusBadge status={useStalled(run, isPast) ? "stalled" : run.status} className="shrink-0" />;
}

function useStalled(run: RunSummary, isPast: boolean): boolean {
  const nowMs = useNow(run.stallsAt && !isPast ? stallTickMs : null);
  return !isPast && isStalled(run, nowMs);
}

function Figures({ run, controls }: Pick<RunHeaderProps, "run" | "controls">) {
  return (
    <div className="mt-1 flex min-w-0 items-center gap-x-3.5 text-meta sm:pl-8">
      <ElapsedFigure run={run} />
      <CostFigure run={run} />
      {/* What does not fit wraps into a line that is not shown: it stands in "Run details". */}
      <span className="hidden h-6 pointer-coarse:h-10 leading-6 pointer-coarse:leading-10 min-w-0 flex-1 flex-wrap items-center gap-x-3.5 overflow-hidden px-1 @[36rem]/run-header:flex">
        <TokenFigure tokens={run.tokens} />
        <Counted count={run.agents} one="agent" many="agents" />
        <Counted count={run.toolCalls} one="tool call" many="tool calls" />
        <CompletenessFigure run={run} />
        {run.budget && <BudgetBar budget={run.budget} />}
      </span>
      <span className="ml-auto flex min-w-0 shrink-0 items-center gap-3.5">
        <span className="hidden max-w-72 truncate text-faint @[62rem]/run-header:block">
          <Models models={run.models} />
        </span>
        {controls}
      </span>
    </div>
  );
}

function Activity({ run, state, isPast }: Pick<RunHeaderProps, "run" | "state" | "isPast">) {
  const stalled = useStalled(run, isPast);
  // What it waits for stands below, where it is decided.
  if (run.status === "waiting" && run.activity === run.waitingFor) return null;
  return (
    <p className="mt-0.5 flex low:hidden min-h-4 min-w-0 items-center gap-1.5 text-meta text-muted sm:pl-8">
      {run.activity && (
        <>
          <span className="shrink-0 text-faint">{isPast ? "then" : stalled ? "last" : "now"}</span>
          <span className="truncate" dir="auto">
            <SafeText text={run.activity.slice(0, 300)} />
          </span>
        </>
      )}
      {!isPast && <StallNote state={state} />}
    </p>
  );
}

function Counted({ count, one, many }: { readonly count: number; readonly one: string; readonly many: string }) {
  if (count === 0) return null;
  return (
    <span className="whitespace-nowrap">
      <span className="figures">{count.toLocaleString("en")}</span> <span className="text-faint">{count === 1 ? one : many}</span>
    </span>
  );
}

function Models({ models }: { readonly models: readonly string[] }) {
  const [first, second, ...rest] = models;
  return (
    <>
      {first && <SafeText text={first} />}
      {second && (
        <>
          {", "}
          <SafeText text={second} />
        </>
      )}
      {rest.length > 0 && `, +${rest.length}`}
    </>
  );
}

/** Everything about the run's identity, and on narrow screens the figures that had to give way. */
function MorePopover({ run }: { readonly run: RunSummary }) {
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <IconButton label="Run details">
          <Ellipsis size={16} />
        </IconButton>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label="Run details"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="z-50 w-[min(24rem,calc(100vw-1rem))] animate-rise rounded-box border bg-overlay p-3 shadow-overlay outline-none"
        >
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5">
            <Line label="System">
              <DialectBadge dialect={run.dialect} />
            </Line>
            <Line label="Source">
              <SourceName run={run} />
            </Line>
            <Line label="Sender's id">
              <ShortId id={run.externalId} what="the sender's run id" length={26} />
            </Line>
            <Line label="Watchfloor id">
              <ShortId id={run.id} what="run id" length={26} />
            </Line>
            {run.sessionId && (
              <Line label="Session">
                <ShortId id={run.sessionId} what="session id" length={20} />
                <Link href={sessionHref(run.sessionId)} className="ml-2 text-accent underline-offset-2 hover:underline">
                  All its runs
                </Link>
              </Line>
            )}
            <Line label="Models">
              {run.models.length === 0 ? (
                <span className="text-faint">none named</span>
              ) : (
                <span className="min-w-0 break-words">
                  <SafeText text={run.models.join(", ")} clamp={300} />
                </span>
              )}
            </Line>
            <Line label="Cost">
              <RunCost cost={run.cost} />
            </Line>
            <Line label="Tokens">
              <TokenFigure tokens={run.tokens} />
            </Line>
            <Line label="Events">
              <CompletenessFigure run={run} />
            </Line>
          </dl>
          <Link href={compareHref(run.id)} className={`${buttonClass()} mt-3 w-full`}>
            <GitCompareArrows aria-hidden size={14} />
            Compare with another run
          </Link>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Line({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted leading-6">{label}</dt>
      <dd className="flex min-h-6 min-w-0 items-center">{children}</dd>
    </>
  );
}
