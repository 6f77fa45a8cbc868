import { ArrowUpRight } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { CopyTextButton } from "@/components/ui/copy-button";
import { JsonView } from "@/components/ui/json-view";
import { Link } from "@/components/ui/link";
import { SafeText } from "@/components/ui/safe-text";
import type { ApiEvent } from "@/lib/core/api/event";
import { dialectLabels } from "@/lib/core/dialect";
import { stringifyExact } from "@/lib/core/exact-json";
import { canonicalOf } from "./event-facts";

/** The sender's JSON beside what we read from it. */
export function RawPane({ runId, event }: { readonly runId: string; readonly event: ApiEvent }) {
  return (
    <div className="@container p-3">
      <div className="grid gap-3 @[34rem]:grid-cols-2">
        <section className="min-w-0">
          <PaneHead
            title={`As ${dialectLabels[event.source.dialect]} sent it`}
            type={event.source.type || "(no type)"}
            copy={event.raw}
            what="raw event"
          />
          {event.raw === undefined ? (
            <p className="text-muted">The sender's JSON is not kept for this event.</p>
          ) : (
            <JsonView value={event.raw} openDepth={3} />
          )}
        </section>
        <section className="min-w-0">
          <PaneHead title="As Watchfloor reads it" type={event.type} copy={canonicalOf(event)} what="normalised event" />
          <JsonView value={canonicalOf(event)} openDepth={3} />
          <Link
            href={`/inspect?run=${runId}&event=${event.seq}&dialect=${event.source.dialect}`}
            className="mt-2 inline-flex items-center gap-1 rounded-row text-accent hover:underline"
          >
            Why it is read this way
            <ArrowUpRight aria-hidden size={14} />
          </Link>
        </section>
      </div>
    </div>
  );
}

function PaneHead({
  title,
  type,
  copy,
  what,
}: {
  readonly title: string;
  readonly type: string;
  readonly copy: unknown;
  readonly what: string;
}) {
  return (
    <div className="mb-1.5 flex min-w-0 items-center gap-2">
      <h3 className="shrink-0 text-faint text-meta">{title}</h3>
      <Badge className="min-w-0 font-code">
        <span className="truncate">
          <SafeText text={type.slice(0, 80)} />
        </span>
      </Badge>
      <span className="ml-auto">
        <CopyTextButton text={() => stringifyExact(copy, 2)} what={what} size="small" look="quiet" />
      </span>
    </div>
  );
}
