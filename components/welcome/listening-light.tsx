"use client";
import { ArrowRight } from "lucide-react";
import { buttonClass } from "@/components/ui/button-class";
import { classNames } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { SafeText } from "@/components/ui/safe-text";
import { StatusIcon } from "@/components/ui/status";
import type { RunSummary } from "@/lib/core/api/run";
import { dialectLabels } from "@/lib/core/dialect";

type ListeningLightProps = {
  /** The run that was heard of last since the page was opened. */
  readonly latest: RunSummary | null;
  /** The newest run from before; null = this project has never heard of one. */
  readonly before: RunSummary | null;
  readonly connected: boolean;
};

/** Dark until an event arrives, then lit, by itself. It keeps its height, so that nothing below it moves. */
export function ListeningLight({ latest, before, connected }: ListeningLightProps) {
  const lit = latest !== null;
  const listening = before === null ? "Listening for your first event" : "Listening for events";
  const shown = latest ?? before;
  return (
    <div
      className={classNames(
        "sticky top-0 z-10 flex h-16 items-center gap-4 rounded-box border bg-panel px-4 transition-colors",
        lit && "border-succeeded",
      )}
    >
      <span aria-hidden className="relative flex size-3 shrink-0">
        {!lit && connected && <span className="absolute inset-[-4px] animate-pulse-soft rounded-full border border-line-strong" />}
        <span className={classNames("size-3 rounded-full transition-colors", lit ? "bg-succeeded" : "bg-line-strong")} />
      </span>
      <div className="min-w-0 flex-1">
        <p role="status" className="font-medium text-title">
          {lit ? "Receiving events" : connected ? listening : "Connecting"}
        </p>
        {shown && <Latest run={shown} isNew={lit} />}
      </div>
      {shown && (
        <Link href="/runs" className={buttonClass(lit ? "solid" : "outline")}>
          See all runs
          <ArrowRight aria-hidden size={14} />
        </Link>
      )}
    </div>
  );
}

function Latest({ run, isNew }: { readonly run: RunSummary; readonly isNew: boolean }) {
  return (
    <Link href={`/runs/${run.id}`} className="flex min-w-0 items-center gap-1.5 text-muted hover:text-ink hover:underline">
      {!isNew && <span className="shrink-0">Newest run:</span>}
      <StatusIcon status={run.status} />
      <span className="truncate">
        <SafeText text={run.name} />
      </span>
      <span className="shrink-0 text-faint max-sm:hidden">{dialectLabels[run.dialect]}</span>
    </Link>
  );
}
