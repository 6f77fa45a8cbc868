"use client";
import { classNames } from "@/components/ui/class-names";
import { useNow } from "@/lib/client/hooks/use-now";
import { formatTicking } from "@/lib/core/format/format-duration";

const urgentMs = 60_000;

/** Until the deadline, by the server's clock; ticks. */
export function TimeLeft({ expiresAt, className }: { readonly expiresAt: string | null; readonly className?: string }) {
  const nowMs = useNow(expiresAt === null ? null : 1_000);
  if (expiresAt === null) return null;
  const leftMs = Date.parse(expiresAt) - nowMs;
  if (leftMs <= 0) return <span className={classNames("text-stalled", className)}>deadline passed</span>;
  return (
    <span className={classNames("figures whitespace-nowrap", leftMs < urgentMs ? "font-medium text-failed" : "", className)}>
      {formatTicking(Math.ceil(leftMs / 1_000) * 1_000)} left
    </span>
  );
}
