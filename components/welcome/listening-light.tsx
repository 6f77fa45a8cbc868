"use client";
import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { DialectBadge } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { SafeText } from "@/components/ui/safe-text";
import { StatusText } from "@/components/ui/status";
import type { RunSummary } from "@/lib/core/api/run";

type ListeningLightProps = { readonly heard: readonly RunSummary[]; readonly connected: boolean };

/** Dark until the first event arrives, then lit, by itself. */
export function ListeningLight({ heard, connected }: ListeningLightProps) {
  const lit = heard.length > 0;
  return (
    <div className={classNames("rounded-box border bg-panel", lit && "border-succeeded")}>
      <div role="status" className="flex items-center gap-3 p-4">
        <span aria-hidden className="relative flex size-3">
          {!lit && connected && <span className="absolute inset-[-4px] animate-pulse-soft rounded-full border border-line-strong" />}
          <span className={classNames("size-3 rounded-full transition-colors", lit ? "bg-succeeded" : "bg-line-strong")} />
        </span>
        <span className="font-medium text-title">
          {lit ? "Events arrive" : connected ? "Listening for your first event" : "Connecting"}
        </span>
        {lit && (
          <Link href="/runs" className={classNames(buttonClass("solid"), "ml-auto")}>
            See all runs
            <ArrowRight aria-hidden size={14} />
          </Link>
        )}
      </div>
      {heard.map((run) => (
        <Link key={run.id} href={`/runs/${run.id}`} prefetch={false} className="flex h-9 items-center gap-3 border-t px-4 hover:bg-hover">
          <StatusText status={run.status} className="w-36 max-sm:w-auto" />
          <span className="min-w-0 flex-1 truncate font-medium">
            <SafeText text={run.name} />
          </span>
          <DialectBadge dialect={run.dialect} />
        </Link>
      ))}
    </div>
  );
}
