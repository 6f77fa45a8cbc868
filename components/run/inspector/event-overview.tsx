import { Fact, Facts } from "@/components/ui/facts";
import { NoFigure } from "@/components/ui/figures";
import { JsonView } from "@/components/ui/json-view";
import { SafeText } from "@/components/ui/safe-text";
import type { ApiEvent } from "@/lib/core/api/event";
import { dialectLabels } from "@/lib/core/dialect";
import { familyOf, familyTones } from "../events/event-families";
import { Instant } from "./instant";

const known: ReadonlySet<string> = new Set([
  "seq",
  "type",
  "occurredAt",
  "receivedAt",
  "agent",
  "summary",
  "source",
  "raw",
  "text",
  "input",
  "output",
  "occurredAtMs",
  "sourceSeq",
]);

export function EventOverview({ event, originMs }: { readonly event: ApiEvent; readonly originMs: number }) {
  const rest = Object.fromEntries(
    Object.entries(event).filter(([field, value]) => !known.has(field) && value !== undefined && value !== null),
  );
  return (
    <div className="px-3 py-2.5">
      {event.type === "event.unknown" && (
        <p className="mb-2.5 border-stalled border-l-2 pl-2 text-muted">
          No catalogue lists this type, so nothing was read from it. It is kept as sent: see Raw.
        </p>
      )}
      <Facts>
        <Fact label="Type">
          <span className={familyTones[familyOf(event.type)]}>{event.type}</span>
        </Fact>
        <Fact label="Sender's type">
          {event.source.type === "" ? (
            <NoFigure why="the sender has no word for it" />
          ) : (
            <SafeText text={event.source.type} clamp={200} className="font-code" />
          )}{" "}
          <span className="text-faint">{dialectLabels[event.source.dialect]}</span>
        </Fact>
        <Fact label="Occurred">
          {event.occurredAt === null ? (
            <NoFigure why="the sender gave no time" />
          ) : (
            <Instant atMs={Date.parse(event.occurredAt)} originMs={originMs} />
          )}
        </Fact>
        <Fact label="Received">
          <Instant atMs={Date.parse(event.receivedAt)} originMs={originMs} />
        </Fact>
        {event.agent && (
          <Fact label="Agent">
            <SafeText text={event.agent} clamp={200} />
          </Fact>
        )}
        {event.source.id && (
          <Fact label="Sender's id">
            <SafeText text={event.source.id} clamp={120} className="font-code" />
          </Fact>
        )}
        {event.source.seq !== undefined && (
          <Fact label="Sender's seq">
            <span className="figures">{event.source.seq.toLocaleString("en")}</span>
          </Fact>
        )}
      </Facts>
      {event.summary && (
        <p className="mt-3 whitespace-pre-wrap break-words [overflow-wrap:anywhere]" dir="auto">
          <SafeText text={event.summary} clamp={600} />
        </p>
      )}
      {Object.keys(rest).length > 0 && (
        <div className="mt-3 rounded-box border bg-inset p-2">
          <JsonView value={rest} openDepth={2} />
        </div>
      )}
    </div>
  );
}
