"use client";
import { ArrowUpRight, GitCompareArrows, X } from "lucide-react";
import { DialectBadge } from "@/components/ui/badge";
import { BareButton } from "@/components/ui/bare-button";
import { buttonClass } from "@/components/ui/button-class";
import { ErrorState } from "@/components/ui/error-state";
import { Fact, Facts } from "@/components/ui/facts";
import { NoFigure, RelativeTime, RunCost, TokensInOut } from "@/components/ui/figures";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { SafeText } from "@/components/ui/safe-text";
import { ShortId } from "@/components/ui/short-id";
import { SourceName } from "@/components/ui/source-name";
import { useNow } from "@/lib/client/hooks/use-now";
import { useRecentEvents } from "@/lib/client/hooks/use-recent-events";
import type { RunSummary } from "@/lib/core/api/run";
import { isStalled } from "@/lib/core/run-query/match-run";
import { compareHref } from "../compare/compare-href";
import { sessionHref } from "../sessions/session-href";
import { PeekEvents } from "./peek-events";
import { RunDuration } from "./run-row";
import { RunStanding, stallReason } from "./run-standing";

type PeekPanelProps = {
  readonly run: RunSummary;
  readonly onClose: () => void;
  readonly onAgent: (agent: string) => void;
  readonly onSession: (session: string) => void;
};

const nameClamp = 300;
const errorClamp = 600;

/** A run at a glance, beside the list: its figures, what went wrong and what it did last. */
export function PeekPanel({ run, onClose, onAgent, onSession }: PeekPanelProps) {
  const { events, error, retry } = useRecentEvents(run.id, run.endedAt !== null);
  return (
    <aside
      aria-label="Peek at run"
      className="absolute inset-y-0 right-0 z-20 flex w-[min(26rem,100%)] animate-appear flex-col border-l bg-overlay shadow-overlay max-md:hidden"
    >
      <header className="flex items-start gap-2 px-4 pt-3 pb-2">
        <div className="min-w-0 flex-1">
          <RunStanding run={run} />
          <h2 className="mt-1 break-words font-semibold text-title [overflow-wrap:anywhere]">
            <SafeText text={run.name} clamp={nameClamp} />
          </h2>
        </div>
        <IconButton label="Close" keys="Escape" onClick={onClose}>
          <X size={16} />
        </IconButton>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-4">
        <Trouble run={run} />
        <Figures run={run} onAgent={onAgent} onSession={onSession} />
        <h3 className="mt-5 mb-1.5 text-faint text-meta">Last events</h3>
        {error ? (
          <ErrorState title="The events could not be loaded." error={error} onRetry={retry} />
        ) : (
          <PeekEvents events={events} lastSeq={run.lastSeq} />
        )}
      </div>
      <footer className="flex gap-2 border-t px-4 py-2.5">
        <Link href={`/runs/${run.id}`} className={`${buttonClass("solid")} flex-1`}>
          <ArrowUpRight aria-hidden size={14} />
          Open run
        </Link>
        <Link href={compareHref(run.id)} className={buttonClass()}>
          <GitCompareArrows aria-hidden size={14} />
          Compare
        </Link>
      </footer>
    </aside>
  );
}

const tickMs = 5_000;

/** The one thing to know first: what it died of, waits for, or that it is silent. */
function Trouble({ run }: { readonly run: RunSummary }) {
  const nowMs = useNow(run.stallsAt ? tickMs : null);
  const trouble = isStalled(run, nowMs)
    ? { text: `Stalled: ${stallReason(run, nowMs)}`, tone: "text-stalled" }
    : run.error && run.status === "failed"
      ? { text: run.error.message, tone: "text-failed" }
      : run.status === "waiting" && run.waitingFor
        ? { text: `Waiting for: ${run.waitingFor}`, tone: "text-waiting" }
        : null;
  if (!trouble) return null;
  return (
    <p className={`tint mb-3 whitespace-pre-wrap break-words rounded-box px-2.5 py-2 [overflow-wrap:anywhere] ${trouble.tone}`}>
      <SafeText text={trouble.text} clamp={errorClamp} />
    </p>
  );
}

function Figures({ run, onAgent, onSession }: Pick<PeekPanelProps, "run" | "onAgent" | "onSession">) {
  const { agent, sessionId } = run;
  return (
    <Facts>
      <Fact label="Agent">
        {agent === null ? <NoFigure why="no agent named" /> : <FilterButton word={agent} what="runs of" onPress={() => onAgent(agent)} />}
        {run.agents > 1 && <span className="text-faint"> +{run.agents - 1}</span>}
      </Fact>
      {sessionId !== null && (
        <Fact label="Session">
          <FilterButton word={sessionId} what="runs of the session" onPress={() => onSession(sessionId)} />{" "}
          <Link href={sessionHref(sessionId)} className="text-accent underline-offset-2 hover:underline">
            Open
          </Link>
        </Fact>
      )}
      <Fact label="Source">
        <DialectBadge dialect={run.dialect} />{" "}
        <span className="text-muted">
          <SourceName run={run} />
        </span>
      </Fact>
      <Fact label="Id">
        <ShortId id={run.externalId} what="run id" />
      </Fact>
      <Fact label="Started">
        <RelativeTime at={run.startedAt ?? run.createdAt} />
      </Fact>
      <Fact label="Duration">
        <RunDuration run={run} />
      </Fact>
      <Fact label="Cost">
        <RunCost cost={run.cost} />
      </Fact>
      <Fact label="Tokens">
        <TokensInOut tokens={run.tokens} />
      </Fact>
      <Fact label="Work">
        <span className="figures">
          {counted(run.steps, "step")}, {counted(run.toolCalls, "tool call")}, {counted(run.modelCalls, "model call")}
          {run.errors > 0 && `, ${counted(run.errors, "error")}`}
        </span>
      </Fact>
      {run.models.length > 0 && (
        <Fact label={run.models.length === 1 ? "Model" : "Models"}>
          <SafeText text={run.models.join(", ")} clamp={120} />
        </Fact>
      )}
    </Facts>
  );
}

function counted(count: number, word: string): string {
  return `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
}

function FilterButton({ word, what, onPress }: { readonly word: string; readonly what: string; readonly onPress: () => void }) {
  return (
    <BareButton
      title={`Show only ${what} ${word}`}
      onClick={onPress}
      className="max-w-full truncate rounded-row align-bottom decoration-faint underline-offset-4 hover:underline"
    >
      <SafeText text={word.slice(0, 120)} />
    </BareButton>
  );
}
