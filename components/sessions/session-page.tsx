"use client";
import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { CopyLinkButton } from "@/components/layout/copy-link";
import { buttonClass } from "@/components/ui/button-class";
import { NoFigure, RelativeTime, RunCost, SummedCost, Tokens, TokensInOut } from "@/components/ui/figures";
import { Link } from "@/components/ui/link";
import { SafeText } from "@/components/ui/safe-text";
import { ShortId } from "@/components/ui/short-id";
import { useNow } from "@/lib/client/hooks/use-now";
import type { RunSummary } from "@/lib/core/api/run";
import type { SessionReport } from "@/lib/core/api/session";
import { dialectLabels } from "@/lib/core/dialect";
import { formatDuration, formatLength } from "@/lib/core/format/format-duration";
import { isStalled } from "@/lib/core/run-query/match-run";
import { RunDuration } from "../runs/run-row";
import { RunStanding } from "../runs/run-standing";
import { RunCounts } from "./session-list";
import { useRowKeys } from "./use-row-keys";

/** A session: what its runs came to together, and each of them in the order in which they began, on one axis of time. */
export function SessionPage({ report }: { readonly report: SessionReport }) {
  const { session, runs } = report;
  useRowKeys("Runs of this session", "Session", "run");
  const left = session.runs - runs.length;
  return (
    <div className="flex h-full min-h-0 flex-col bg-panel">
      <header className="shrink-0 border-b px-4 pt-2 pb-2">
        <div className="flex min-w-0 items-center gap-2">
          <Link
            href="/sessions"
            aria-label="All sessions"
            className="-ml-1 inline-flex size-7 shrink-0 items-center justify-center rounded-row text-muted hover:bg-hover hover:text-ink pointer-coarse:size-10"
          >
            <ArrowLeft aria-hidden size={16} />
          </Link>
          <h1 className="flex min-w-0 items-center gap-2 font-semibold text-title">
            Session <ShortId id={session.id} what="session id" length={36} className="font-normal text-muted" />
          </h1>
          <span className="ml-auto flex shrink-0 items-center gap-1">
            <Link href={`/runs?session=${encodeURIComponent(session.id)}`} className={buttonClass("quiet")}>
              View as list
            </Link>
            <CopyLinkButton className="max-sm:hidden" />
          </span>
        </div>
        <dl className="mt-1.5 flex flex-wrap gap-x-6 gap-y-1.5 sm:pl-8">
          <Figure label="Runs">
            <RunCounts session={session} />
          </Figure>
          <Figure label="From first to last">
            <span className="figures">{formatLength(Date.parse(session.lastEventAt) - Date.parse(session.startedAt))}</span>
          </Figure>
          <Figure label="Run time">
            {session.runMs > 0 ? (
              <span className="figures">{formatDuration(session.runMs)}</span>
            ) : (
              <NoFigure why="none of its runs has ended" />
            )}
          </Figure>
          <Figure label="Tokens">{session.tokens > 0 ? <Tokens count={session.tokens} /> : <NoFigure why="no tokens reported" />}</Figure>
          <Figure label="Cost">
            <SessionCost report={report} />
          </Figure>
          <Figure label="Last event">
            <RelativeTime at={session.lastEventAt} />
          </Figure>
        </dl>
      </header>
      <div data-place="session" className="min-h-0 flex-1 overflow-y-auto">
        <SessionRuns report={report} />
        {left > 0 && (
          <p className="px-4 py-3 text-muted">
            {left === 1 ? "1 earlier run is" : `${left.toLocaleString("en")} earlier runs are`} included above but not listed here.{" "}
            <Link className="underline underline-offset-2" href={`/runs?session=${encodeURIComponent(session.id)}`}>
              List all
            </Link>
          </p>
        )}
      </div>
    </div>
  );
}

/** Reported and estimated apart where all runs are here; else their sum, which is all that is known of the rest. */
function SessionCost({ report: { session, cost, runs } }: { readonly report: SessionReport }) {
  const unsplit = { runReportedNanos: null, callsReportedNanos: 0, agentsReportedNanos: 0 };
  if (runs.length === session.runs) return <RunCost cost={{ ...cost, ...unsplit }} />;
  return <SummedCost nanos={session.costNanos} unpricedCalls={session.unpricedCalls} none="no cost reported" />;
}

function Figure({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt className="text-faint text-meta">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const tickMs = 1_000;

function SessionRuns({ report: { session, runs } }: { readonly report: SessionReport }) {
  const goesOn = session.running + session.stalled + session.waiting > 0;
  const nowMs = useNow(goesOn ? tickMs : null);
  const fromMs = Date.parse(session.startedAt);
  const toMs = Math.max(Date.parse(session.lastEventAt), goesOn ? nowMs : 0, fromMs + 1);
  return (
    <table aria-label="Runs of this session" className="w-full table-fixed border-collapse text-right">
      <thead className="sticky top-0 z-10 bg-panel text-faint text-meta">
        <tr className="h-7 border-b [&>th]:px-2 [&>th]:font-normal">
          <th scope="col" className="w-44 pl-4! text-left max-md:hidden">
            Status
          </th>
          <th scope="col" className="text-left max-md:pl-4!">
            Run
          </th>
          <th scope="col" className="w-[26%] text-left max-lg:hidden">
            When
          </th>
          <th scope="col" className="w-20 max-sm:hidden">
            Duration
          </th>
          <th scope="col" className="w-28 max-md:hidden">
            Tokens in / out
          </th>
          <th scope="col" className="w-24 pr-4!">
            Cost
          </th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr key={run.id} className="relative h-(--row) border-b hover:bg-hover max-md:h-14 [&>td]:px-2">
            <td className="truncate pl-4! text-left max-md:hidden">
              <RunStanding run={run} />
            </td>
            <th scope="row" className="truncate px-2 text-left font-normal max-md:pl-4">
              <Link
                href={`/runs/${run.id}`}
                title={`${run.name}\n${run.externalId}`}
                className="font-medium after:absolute after:inset-0 after:content-['']"
              >
                <SafeText text={run.name} />
              </Link>
              <span className="ml-2 text-faint max-md:hidden">
                <SafeText text={[dialectLabels[run.dialect], run.agent].filter(Boolean).join(" · ").slice(0, 120)} />
              </span>
              <span className="block text-meta md:hidden">
                <RunStanding run={run} />
              </span>
            </th>
            <td className="max-lg:hidden">
              <Lane run={run} fromMs={fromMs} toMs={toMs} nowMs={nowMs} />
            </td>
            <td className="max-sm:hidden">
              <RunDuration run={run} />
            </td>
            <td className="max-md:hidden">
              <TokensInOut tokens={run.tokens} />
            </td>
            <td className="pr-4!">
              <RunCost cost={run.cost} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type LaneProps = { readonly run: RunSummary; readonly fromMs: number; readonly toMs: number; readonly nowMs: number };

/** Where in the session the run lies. The table's other columns say the same in words. */
function Lane({ run, fromMs, toMs, nowMs }: LaneProps) {
  const startMs = Date.parse(run.startedAt ?? run.createdAt);
  const endMs = run.endedAt ? Date.parse(run.endedAt) : nowMs;
  const share = (ms: number) => Math.min(100, Math.max(0, ((ms - fromMs) / (toMs - fromMs)) * 100));
  const left = share(startMs);
  const tone = run.status === "failed" ? "bg-failed" : run.endedAt === null ? openTone(run, nowMs) : "bg-kind-agent";
  return (
    <span aria-hidden className="relative block h-2 rounded-row bg-inset">
      <span
        className={`absolute inset-y-0 min-w-[3px] rounded-row ${tone}`}
        style={{ left: `min(${left}%, calc(100% - 3px))`, width: `${Math.max(0, share(Math.max(startMs, endMs)) - left)}%` }}
      />
    </span>
  );
}

function openTone(run: RunSummary, nowMs: number): string {
  if (isStalled(run, nowMs)) return "bg-stalled";
  return run.status === "waiting" ? "bg-waiting" : "bg-running";
}
