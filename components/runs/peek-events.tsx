import { RelativeTime } from "@/components/ui/figures";
import { SafeText } from "@/components/ui/safe-text";
import { Skeleton } from "@/components/ui/skeleton";
import type { ApiEvent } from "@/lib/core/api/event";
import { saidLine } from "@/lib/core/events/said-line";

type PeekEventsProps = {
  /** Oldest first; undefined until they were read. */
  readonly events: readonly ApiEvent[] | undefined;
  readonly lastSeq: number;
};

const textClamp = 160;

/** The last events of a run, newest first. */
export function PeekEvents({ events, lastSeq }: PeekEventsProps) {
  if (!events)
    return (
      <div role="status" className="space-y-2.5 py-1">
        <span className="sr-only">Loading</span>
        <Skeleton className="h-3 w-56" />
        <Skeleton className="h-3 w-72" />
        <Skeleton className="h-3 w-48" />
      </div>
    );
  if (events.length === 0) return <p className="text-muted">{lastSeq === 0 ? "No events yet." : "Removed by retention."}</p>;
  return (
    <ol aria-label="Last events" className="divide-y border-y">
      {[...events].reverse().map((event) => (
        <li key={event.seq} className="py-1.5">
          <div className="flex items-baseline gap-2">
            <span className="figures w-10 shrink-0 text-right text-faint">{event.seq.toLocaleString("en")}</span>
            <span className="min-w-0 truncate font-code">
              <SafeText text={event.type === "event.unknown" ? event.source.type : event.type} />
            </span>
            <span className="ml-auto shrink-0 text-faint text-meta">
              <RelativeTime at={event.receivedAt} />
            </span>
          </div>
          <Words event={event} />
        </li>
      ))}
    </ol>
  );
}

/** What it says, in one or two lines. */
function Words({ event }: { readonly event: ApiEvent }) {
  const said = saidLine(event);
  if (said === "") return null;
  return (
    <p className="ml-12 line-clamp-2 break-words text-muted [overflow-wrap:anywhere]">
      <SafeText text={said.slice(0, textClamp)} />
    </p>
  );
}
