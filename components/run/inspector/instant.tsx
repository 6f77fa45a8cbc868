import { localTime, utcMoment } from "@/components/ui/local-time";
import { useInBrowser } from "@/components/ui/use-in-browser";
import { tickLabel } from "../timeline/axis-ticks";

/** A moment: since the run's start, and absolute in local time, UTC on hover. */
export function Instant({ atMs, originMs }: { readonly atMs: number; readonly originMs: number }) {
  const at = new Date(atMs);
  // The server does not know where the reader is.
  const inBrowser = useInBrowser();
  return (
    <time dateTime={at.toISOString()} title={utcMoment(at)} className="figures">
      <span className="mr-2 whitespace-nowrap">{tickLabel(Math.max(0, atMs - originMs), 1)}</span>{" "}
      <span className="whitespace-nowrap text-faint">
        {inBrowser && `${localTime.format(at)}.${String(at.getMilliseconds()).padStart(3, "0")}`}
      </span>
    </time>
  );
}
