"use client";
import Link from "next/link";
import { BareButton } from "@/components/ui/bare-button";
import { RelativeTime } from "@/components/ui/figures";
import { SafeText } from "@/components/ui/safe-text";
import { useNow } from "@/lib/client/hooks/use-now";
import type { Alert } from "@/lib/core/alerts/alert";
import { AlertFigure } from "./alert-figure";
import { LevelText } from "./alert-looks";
import { runHref } from "./run-href";

type AlertRowsProps = { readonly label: string; readonly alerts: readonly Alert[]; readonly onOpen: (id: string) => void };

export const alertRowId = (id: string) => `alert-${id}`;

/** Alerts, one a row: what, about which run, the figure against its threshold, since when, and who has it. */
export function AlertRows({ label, alerts, onOpen }: AlertRowsProps) {
  return (
    <ul aria-label={label} className="divide-y overflow-hidden rounded-box border bg-panel">
      {alerts.map((alert) => (
        <AlertRow key={alert.id} alert={alert} onOpen={() => onOpen(alert.id)} />
      ))}
    </ul>
  );
}

function AlertRow({ alert, onOpen }: { readonly alert: Alert; readonly onOpen: () => void }) {
  const muted = useMuted(alert);
  const over = alert.endedAt !== null;
  return (
    <li className="relative flex flex-wrap items-baseline gap-x-4 gap-y-0.5 px-3 py-2 hover:bg-hover">
      <LevelText level={over ? alert.worst : alert.level} muted={muted} className="w-24 self-center" />
      <div className="min-w-0 flex-1 basis-56">
        <BareButton
          id={alertRowId(alert.id)}
          onClick={onOpen}
          className="block max-w-full truncate text-left font-medium outline-offset-[-2px] after:absolute after:inset-0"
        >
          <SafeText text={alert.rule.name} />
          {alert.about !== null && (
            <span className="ml-2 font-normal text-muted">
              <SafeText text={alert.about} />
            </span>
          )}
        </BareButton>
        <p className="truncate text-meta text-muted">
          <AlertFigure alert={alert} />
        </p>
      </div>
      <p className="text-right text-meta text-muted max-md:w-full max-md:text-left">
        {over ? "over " : "fired "}
        <RelativeTime at={over ? alert.endedAt : alert.firedAt} />
        {alert.run !== null && (
          <Link href={runHref(alert.run)} className="relative z-10 ml-2 text-accent hover:underline">
            Run<span className="sr-only"> that {alert.rule.name} is about</span>
          </Link>
        )}
        {alert.acknowledged && (
          <span className="block">
            <SafeText text={alert.acknowledged.by} /> has it
          </span>
        )}
      </p>
    </li>
  );
}

export function useMuted({ mutedUntil, endedAt }: Pick<Alert, "mutedUntil" | "endedAt">): boolean {
  const nowMs = useNow(mutedUntil === null ? null : 1_000);
  return endedAt === null && mutedUntil !== null && Date.parse(mutedUntil) > nowMs;
}
