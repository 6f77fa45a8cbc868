import { Ban, CircleCheck, CircleDashed, CirclePause, CirclePlay, CircleX, Hand, Hourglass, type LucideIcon, TimerOff } from "lucide-react";
import type { RunStatus } from "@/lib/core/run/status";
import { classNames } from "./class-names";

export type StatusLook = {
  readonly word: string;
  readonly icon: LucideIcon;
  /** Text colour; `tint` and `hatched` follow it. */
  readonly tone: string;
};

/** The one table: what each status looks like and is called, everywhere. */
export const statusLooks: Record<RunStatus, StatusLook> = {
  queued: { word: "Queued", icon: CircleDashed, tone: "text-queued" },
  running: { word: "Running", icon: CirclePlay, tone: "text-running" },
  waiting: { word: "Waiting for human", icon: Hand, tone: "text-waiting" },
  pausing: { word: "Pausing", icon: CirclePause, tone: "text-paused" },
  paused: { word: "Paused", icon: CirclePause, tone: "text-paused" },
  stalled: { word: "Stalled", icon: Hourglass, tone: "text-stalled" },
  succeeded: { word: "Succeeded", icon: CircleCheck, tone: "text-succeeded" },
  failed: { word: "Failed", icon: CircleX, tone: "text-failed" },
  cancelling: { word: "Cancelling", icon: Ban, tone: "text-ended" },
  cancelled: { word: "Cancelled", icon: Ban, tone: "text-ended" },
  expired: { word: "Expired", icon: TimerOff, tone: "text-ended" },
};

type StatusProps = { readonly status: RunStatus; readonly title?: string; readonly className?: string };

/** Icon alone, for tight places; the word is still there for screen readers and on hover. */
export function StatusIcon({ status, className }: Omit<StatusProps, "title">) {
  const { icon: Icon, word, tone } = statusLooks[status];
  return (
    <span className={classNames("inline-flex shrink-0", tone, className)} title={word}>
      <Icon aria-hidden size={16} strokeWidth={1.75} className={status === "running" ? "animate-pulse-soft" : undefined} />
      <span className="sr-only">{word}</span>
    </span>
  );
}

/** Icon and word. */
export function StatusText({ status, title, className }: StatusProps) {
  const { icon: Icon, word, tone } = statusLooks[status];
  return (
    <span title={title} className={classNames("inline-flex items-center gap-1.5 whitespace-nowrap align-middle", tone, className)}>
      <Icon aria-hidden size={16} strokeWidth={1.75} className={classNames("shrink-0", status === "running" && "animate-pulse-soft")} />
      {word}
    </span>
  );
}

/** Icon and word on a tinted ground, for headers. */
export function StatusBadge({ status, className }: StatusProps) {
  return <StatusText status={status} className={classNames("tint h-6 rounded-row pr-2 pl-1.5 font-medium", className)} />;
}
