"use client";
import { ArrowUp, MessagesSquare } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { NoFigure, RelativeTime, SummedCost, Tokens } from "@/components/ui/figures";
import { Link } from "@/components/ui/link";
import { SafeText } from "@/components/ui/safe-text";
import { SkeletonRows } from "@/components/ui/skeleton";
import { statusLooks } from "@/components/ui/status";
import type { useSessions } from "@/lib/client/hooks/use-sessions";
import type { SessionSummary } from "@/lib/core/api/session";
import { formatDuration } from "@/lib/core/format/format-duration";
import { sessionHref } from "./session-href";
import { useRowKeys } from "./use-row-keys";

/** The sessions as a table, newest first; the figures that matter least give way to the names. */
export function SessionList({ view }: { readonly view: ReturnType<typeof useSessions> }) {
  const { sessions, newCount, error } = view;
  useRowKeys("Sessions", "Sessions", "session");
  if (view.isPending) return <SkeletonRows tall rows={12} className="pt-7" />;
  const failure = error && <ErrorState className="m-4" title="The sessions could not be loaded." error={error} onRetry={view.retry} />;
  if (failure && sessions.length === 0) return failure;
  if (sessions.length === 0) return <NoSessions />;
  return (
    <div data-place="sessions" className="relative h-full overflow-y-auto">
      {failure}
      {newCount > 0 && (
        <div className="sticky top-1 z-20 flex h-0 justify-center overflow-visible">
          <Button look="solid" size="small" onClick={view.showNew}>
            <ArrowUp aria-hidden size={13} />
            {newCount} new {newCount === 1 ? "session" : "sessions"}
          </Button>
        </div>
      )}
      <table aria-label="Sessions" className="w-full table-fixed border-collapse text-right">
        <thead className="sticky top-0 z-10 bg-panel text-faint text-meta">
          <tr className="h-7 border-b [&>th]:px-2 [&>th]:font-normal">
            <th scope="col" className="pl-4! text-left">
              Session
            </th>
            <th scope="col" className="w-44 text-left max-md:w-24">
              Runs
            </th>
            <th scope="col" className="w-24 max-xl:hidden">
              Started
            </th>
            <th scope="col" className="w-24 max-lg:hidden">
              Run time
            </th>
            <th scope="col" className="w-24 max-lg:hidden">
              Tokens
            </th>
            <th scope="col" className="w-24 max-sm:w-20 max-sm:pr-4!">
              Cost
            </th>
            <th scope="col" className="w-24 pr-4! max-sm:hidden">
              Last event
            </th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <Row key={session.id} session={session} />
          ))}
        </tbody>
      </table>
      <p className="flex h-12 items-center justify-center text-faint text-meta">
        {view.hasMore ? (
          <Button look="quiet" size="small" disabled={view.loadingMore} onClick={view.loadMore}>
            {view.loadingMore ? "Loading" : "Load more"}
          </Button>
        ) : (
          `${sessions.length.toLocaleString("en")} ${sessions.length === 1 ? "session" : "sessions"} in total`
        )}
      </p>
    </div>
  );
}

function Row({ session }: { readonly session: SessionSummary }) {
  return (
    <tr className="relative h-(--row) border-b hover:bg-hover max-md:h-14 [&>td]:px-2">
      <th scope="row" className="truncate pl-4 text-left font-normal">
        <Link href={sessionHref(session.id)} title={session.id} className="font-code after:absolute after:inset-0 after:content-['']">
          <SafeText text={session.id.slice(0, 120)} />
        </Link>
        <span className="ml-2.5 text-muted max-md:ml-0 max-md:block max-md:truncate">
          <SafeText text={session.latest.name.slice(0, 160)} />
        </span>
      </th>
      <td className="overflow-hidden text-left">
        <RunCounts session={session} />
      </td>
      <td className="max-xl:hidden">
        <RelativeTime at={session.startedAt} />
      </td>
      <td className="figures max-lg:hidden">
        {session.runMs > 0 ? formatDuration(session.runMs) : <NoFigure why="none of its runs has ended" />}
      </td>
      <td className="max-lg:hidden">{session.tokens > 0 ? <Tokens count={session.tokens} /> : <NoFigure why="no tokens reported" />}</td>
      <td className="max-sm:pr-4!">
        <SummedCost nanos={session.costNanos} unpricedCalls={session.unpricedCalls} none="no known cost" />
      </td>
      <td className="pr-4! text-muted max-sm:hidden">
        <RelativeTime at={session.lastEventAt} />
      </td>
    </tr>
  );
}

/** How many runs, and of them what a reader must know: who runs, is stalled, waits, failed. */
export function RunCounts({ session: { runs, running, stalled, waiting, failed } }: { readonly session: SessionSummary }) {
  return (
    <span className="inline-flex items-center gap-x-2.5 whitespace-nowrap max-md:flex-wrap">
      <span className="figures">{runs.toLocaleString("en")}</span>
      <Count count={running} status="running" />
      <Count count={stalled} status="stalled" />
      <Count count={waiting} status="waiting" />
      <Count count={failed} status="failed" />
    </span>
  );
}

function Count({ count, status }: { readonly count: number; readonly status: "running" | "stalled" | "waiting" | "failed" }): ReactNode {
  if (count === 0) return null;
  const { icon: Icon, tone, word } = statusLooks[status];
  return (
    <span className={`inline-flex items-center gap-1 ${tone}`} title={`${count.toLocaleString("en")}: ${word.toLowerCase()}`}>
      <Icon aria-hidden size={14} strokeWidth={1.75} />
      <span className="figures">{count.toLocaleString("en")}</span>
      <span className="sr-only">{word.toLowerCase()}</span>
    </span>
  );
}

function NoSessions() {
  return (
    <EmptyState
      icon={MessagesSquare}
      title="No sessions yet"
      action={
        <Link href="/runs" className={buttonClass("solid")}>
          All runs
        </Link>
      }
    >
      Runs whose sender reports a session_id (Shannon, agent-os, Powabase, ResonantGenesis) or a thread_id (Crewship) are grouped here.
    </EmptyState>
  );
}
