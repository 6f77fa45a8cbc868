"use client";
import { memo, type ReactNode, useState } from "react";
import { BareButton } from "@/components/ui/bare-button";
import { classNames } from "@/components/ui/class-names";
import { Duration, NoFigure, RelativeTime, RunCost, TokensInOut } from "@/components/ui/figures";
import { Link } from "@/components/ui/link";
import { MarkBox } from "@/components/ui/mark-box";
import { SafeText } from "@/components/ui/safe-text";
import type { RunSummary } from "@/lib/core/api/run";
import { dialectLabels } from "@/lib/core/dialect";
import { runColumns, runGrid } from "./run-columns";
import { RunStanding } from "./run-standing";

type RunRowProps = {
  readonly run: RunSummary;
  readonly index: number;
  readonly selected: boolean;
  readonly onAgent: (agent: string) => void;
  readonly marked: boolean;
  readonly onMark: (runId: string, through: boolean) => void;
};

export const runLinkId = (runId: string) => `run-${runId}`;

/** A run as one line. The whole line is its link. */
export const RunRow = memo(function RunRow({ run, index, selected, onAgent, marked, onMark }: RunRowProps) {
  const cells: Record<string, ReactNode> = {
    mark: <MarkBox name={run.name} marked={marked} onMark={(through) => onMark(run.id, through)} />,
    status: <RunStanding run={run} />,
    name: <RunName run={run} />,
    agent: <AgentCell run={run} onAgent={onAgent} />,
    source: <span className="truncate text-muted">{dialectLabels[run.dialect]}</span>,
    started: <RelativeTime at={run.startedAt ?? run.createdAt} />,
    duration: <RunDuration run={run} />,
    steps: <Count count={run.steps} what="steps" />,
    tools: <Count count={run.toolCalls} what="tool calls" />,
    tokens: <TokensInOut tokens={run.tokens} />,
    cost: <RunCost cost={run.cost} />,
    last: <RelativeTime at={run.lastEventAt} missing="no event yet" className="text-muted" />,
  };
  return (
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={classNames(runGrid, "group relative h-(--row) border-b outline-none", selected ? "bg-selected" : "hover:bg-hover")}
    >
      <FreshEdge lastSeq={run.lastSeq} />
      {runColumns.map(({ key, right, hide }) => (
        <div key={key} role="cell" className={classNames("flex min-w-0 items-center", right && "justify-end", hide)}>
          {cells[key]}
        </div>
      ))}
    </div>
  );
});

export function RunDuration({ run, className }: { readonly run: RunSummary; readonly className?: string }) {
  const startMs = run.startedAt === null ? null : Date.parse(run.startedAt);
  const endMs = run.endedAt === null ? null : Date.parse(run.endedAt);
  // What one event told of had no length.
  if (run.durationMs === 0 && run.lastSeq < 2) return <NoFigure why="only one event received" className={className} />;
  return <Duration startMs={startMs} endMs={endMs} durationMs={run.durationMs} className={className} />;
}

/** Marks once, by an edge that fades, that something new came in. */
export function FreshEdge({ lastSeq }: { readonly lastSeq: number }) {
  const [firstSeq] = useState(lastSeq);
  if (lastSeq === firstSeq) return null;
  return <span key={lastSeq} aria-hidden className="fresh-edge" />;
}

/** Its name, and beside it what it is doing, waiting for or died of. */
function RunName({ run }: { readonly run: RunSummary }) {
  const aside = asideOf(run);
  return (
    <span className="flex w-full min-w-0 items-baseline gap-2">
      <Link
        id={runLinkId(run.id)}
        href={`/runs/${run.id}`}
        title={`${run.name}\n${run.externalId}`}
        className="truncate font-medium outline-offset-[-2px] after:absolute after:inset-0 after:content-['']"
      >
        <SafeText text={run.name} />
      </Link>
      {aside && (
        <span title={aside.text} className={classNames("flex-1 basis-0 truncate", aside.room, aside.tone)}>
          <SafeText text={aside.text} />
        </span>
      )}
    </span>
  );
}

/** `room` = what it gets at least beside a long name: why a run failed is worth more than the end of its name. */
export function asideOf(run: RunSummary): { readonly text: string; readonly tone: string; readonly room: string } | null {
  if (run.status === "failed" && run.error) return { text: run.error.message, tone: "text-failed", room: "min-w-[40%]" };
  if (run.status === "waiting" && run.waitingFor) return { text: run.waitingFor, tone: "text-waiting", room: "min-w-[25%]" };
  if (run.endedAt === null && run.activity) return { text: run.activity, tone: "text-faint", room: "min-w-0" };
  return null;
}

function AgentCell({ run, onAgent }: Pick<RunRowProps, "run" | "onAgent">) {
  const { agent } = run;
  if (agent === null) return <NoFigure why="no agent named" />;
  const more = run.agents > 1 ? ` +${run.agents - 1}` : "";
  return (
    <BareButton
      title={`Show only runs of ${agent}`}
      onClick={() => onAgent(agent)}
      className="relative z-10 flex max-w-full rounded-row text-muted hover:text-ink hover:underline"
    >
      <span className="truncate">
        <SafeText text={agent} />
      </span>
      {more && <span className="shrink-0 whitespace-pre text-faint">{more}</span>}
    </BareButton>
  );
}

function Count({ count, what }: { readonly count: number; readonly what: string }) {
  if (count === 0) return <NoFigure why={`no ${what}`} />;
  return <span className="figures">{count.toLocaleString("en")}</span>;
}
