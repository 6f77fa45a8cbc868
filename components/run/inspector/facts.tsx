import type { ReactNode } from "react";
import { localTime, utcMoment } from "@/components/ui/local-time";
import { useInBrowser } from "@/components/ui/use-in-browser";
import { tickLabel } from "../timeline/axis-ticks";

export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3 gap-y-1">{children}</dl>;
}

export function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{label}</dt>
      <dd className="min-w-0 break-words [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}

/** A moment: since the run's start, and absolute in local time, UTC on hover. */
export function Instant({ atMs, originMs }: { readonly atMs: number; readonly originMs: number }) {
  const at = new Date(atMs);
  // The server does not know where the reader is.
  const inBrowser = useInBrowser();
  return (
    <time dateTime={at.toISOString()} title={utcMoment(at)} className="figures">
      {tickLabel(Math.max(0, atMs - originMs), 1)}
      <span className="ml-2 text-faint">{inBrowser && `${localTime.format(at)}.${String(at.getMilliseconds()).padStart(3, "0")}`}</span>
    </time>
  );
}
