"use client";
import { Link } from "@/components/ui/link";
import { SafeText } from "@/components/ui/safe-text";
import { useEventsBefore } from "@/lib/client/hooks/use-events-before";
import { saidLine } from "@/lib/core/events/said-line";

/** The last things that the run did before it asked. */
export function EventsBefore({ runId, seq }: { readonly runId: string; readonly seq: number }) {
  const events = useEventsBefore(runId, seq).data?.filter((event) => event.seq < seq) ?? [];
  if (events.length === 0) return null;
  return (
    <section aria-label="Before the request">
      <h3 className="text-faint text-meta">What the run did before asking</h3>
      <ol className="mt-1 divide-y rounded-box border">
        {events.map((event) => (
          <li key={event.seq}>
            <Link
              href={`/runs/${runId}?sel=${event.seq}`}
              className="flex min-h-7 items-center gap-x-3 px-3 py-1 hover:bg-hover pointer-coarse:min-h-10 max-lg:flex-wrap max-md:py-2"
            >
              <span className="figures min-w-8 shrink-0 text-right text-faint max-lg:min-w-0">{event.seq.toLocaleString("en")}</span>
              <span className="w-36 shrink-0 truncate font-code text-muted max-lg:w-auto">
                <SafeText text={event.type === "event.unknown" ? event.source.type : event.type} />
              </span>
              <span className="min-w-0 flex-1 truncate max-lg:basis-full" dir="auto">
                <SafeText text={saidLine(event).slice(0, 300)} />
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}
