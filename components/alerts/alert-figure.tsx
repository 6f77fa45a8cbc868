"use client";
import { useNow } from "@/lib/client/hooks/use-now";
import type { Alert } from "@/lib/core/alerts/alert";
import { figureWords } from "@/lib/core/alerts/message";

/** What was found against its threshold; a length of time goes on by itself while it fires. */
export function AlertFigure({ alert }: { readonly alert: Alert }) {
  const lasts = alert.endedAt === null && alert.measuredFrom !== null;
  const nowMs = useNow(lasts ? 1_000 : null);
  const value = lasts && alert.measuredFrom !== null ? Math.max(0, nowMs - Date.parse(alert.measuredFrom)) / 60_000 : alert.value;
  const words = figureWords({ kind: alert.kind, value, threshold: alert.threshold, windowMinutes: alert.windowMinutes ?? 0 });
  return (
    <span suppressHydrationWarning className="figures">
      {words ?? "no current data"}
    </span>
  );
}
