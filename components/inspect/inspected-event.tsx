"use client";
import { ArrowRight, ChevronRight, CircleHelp, CircleX } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { BareButton } from "@/components/ui/bare-button";
import { classNames } from "@/components/ui/class-names";
import { CopyTextButton } from "@/components/ui/copy-button";
import { JsonView } from "@/components/ui/json-view";
import { SafeText } from "@/components/ui/safe-text";
import type { InspectedEvent, MappingRule } from "@/lib/core/api/inspect";
import { stringifyExact } from "@/lib/core/exact-json";
import { EventAddress } from "./event-address";

const origins: Record<MappingRule["origin"], string> = {
  seed: "in the published catalogue",
  real: "sent only by the running system",
  alias: "another name for the same thing",
  own: "Watchfloor's own name: the system has none",
};

const typeClamp = 80;

/** One event: what came, what it becomes and why; open, everything that is known of it. */
export function InspectedEventCard({ event, openAtFirst }: { readonly event: InspectedEvent; readonly openAtFirst: boolean }) {
  const [open, setOpen] = useState(openAtFirst);
  const number = event.index + 1;
  return (
    <article aria-label={`Event ${number}`} className="border-b">
      <h3>
        <BareButton
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex w-full items-start gap-2 px-4 py-2 text-left outline-offset-[-2px] hover:bg-hover"
        >
          <ChevronRight
            aria-hidden
            size={14}
            className={classNames("mt-1 shrink-0 text-faint transition-transform", open && "rotate-90")}
          />
          <span className="figures mt-0.5 w-6 shrink-0 text-right text-faint">{number.toLocaleString("en")}</span>
          <Mapping event={event} />
        </BareButton>
      </h3>
      {open && <Body event={event} />}
    </article>
  );
}

function Mapping({ event }: { readonly event: InspectedEvent }) {
  const { refusal, canonical, address, rule } = event;
  if (refusal)
    return (
      <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2">
        <Badge tone="failed">
          <CircleX aria-hidden size={12} />
          refused
        </Badge>
        <span className="min-w-0 break-words [overflow-wrap:anywhere]">
          <SafeText text={refusal.message} clamp={400} />
        </span>
        <span className="font-code text-faint">{refusal.path ? `${refusal.code} at ${refusal.path}` : refusal.code}</span>
      </span>
    );
  const isUnknown = canonical?.type === "event.unknown";
  return (
    <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-0.5">
      <Badge className="max-w-full font-code">
        <span className="truncate">
          <SafeText text={(address?.type || "(no type)").slice(0, typeClamp)} />
        </span>
      </Badge>
      <ArrowRight aria-hidden size={13} className="shrink-0 text-faint" />
      <span className="sr-only">becomes</span>
      <Badge tone={isUnknown ? "stalled" : "accent"} className="font-code">
        {isUnknown && <CircleHelp aria-hidden size={12} />}
        {canonical?.type}
      </Badge>
      <span className="min-w-0 text-muted">
        {isUnknown ? "No catalogue lists this type: it would be stored as sent, shown and counted." : rule?.description}
      </span>
    </span>
  );
}

function Body({ event }: { readonly event: InspectedEvent }) {
  return (
    <div className="@container grid gap-4 px-4 pt-1 pb-4 md:pl-14">
      {!event.refusal && <EventAddress event={event} />}
      {event.rule && <Rule rule={event.rule} canonical={event.canonical?.type} />}
      <div className="grid gap-4 @[40rem]:grid-cols-2">
        <Pane title="As sent" what="raw event" value={event.raw} />
        {event.canonical && <Pane title="As Watchfloor reads it" what="canonical event" value={event.canonical} />}
      </div>
    </div>
  );
}

function Rule({ rule, canonical }: { readonly rule: MappingRule; readonly canonical: string | undefined }) {
  return (
    <p className="text-muted">
      <span className="text-faint">Rule </span>
      {rule.category} <span className="font-code text-ink">{rule.type}</span> becomes{" "}
      <span className="font-code text-ink">{rule.canonical}</span>, {origins[rule.origin]}
      {rule.storedAs && (
        <>
          , stored as <span className="font-code text-ink">{rule.storedAs}</span>
        </>
      )}
      .
      {canonical !== rule.canonical && (
        <>
          {" "}
          Its content makes it <span className="font-code text-ink">{canonical}</span>.
        </>
      )}
    </p>
  );
}

function Pane({ title, what, value }: { readonly title: string; readonly what: string; readonly value: unknown }) {
  return (
    <section className="min-w-0">
      <div className="mb-1 flex items-center">
        <h4 className="text-faint text-meta">{title}</h4>
        <CopyTextButton
          text={() => (typeof value === "string" ? value : stringifyExact(value, 2))}
          what={what}
          size="small"
          look="quiet"
          className="ml-auto"
        />
      </div>
      <div className="rounded-box border bg-ground p-2">
        <JsonView value={value} openDepth={3} />
      </div>
    </section>
  );
}
