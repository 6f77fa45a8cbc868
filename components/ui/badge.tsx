import type { ReactNode } from "react";
import { type Dialect, dialectLabels } from "@/lib/core/dialect";
import { classNames } from "./class-names";

export type BadgeTone = "neutral" | "accent" | "succeeded" | "waiting" | "failed" | "stalled" | "paused";

const tones: Record<BadgeTone, string> = {
  neutral: "border-line bg-inset text-muted",
  accent: "border-transparent tint text-accent",
  succeeded: "border-transparent tint text-succeeded",
  waiting: "border-transparent tint text-waiting",
  failed: "border-transparent tint text-failed",
  stalled: "border-transparent tint text-stalled",
  paused: "border-transparent tint text-paused",
};

type BadgeProps = { readonly children: ReactNode; readonly tone?: BadgeTone; readonly title?: string; readonly className?: string };

export function Badge({ children, tone = "neutral", title, className }: BadgeProps) {
  return (
    <span
      title={title}
      className={classNames(
        "inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-row border px-1.5 text-meta",
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}

/** Which system's words a run came in. */
export function DialectBadge({ dialect, className }: { readonly dialect: Dialect; readonly className?: string }) {
  return <Badge className={className}>{dialectLabels[dialect]}</Badge>;
}
