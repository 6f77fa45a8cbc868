"use client";
import { Badge } from "@/components/ui/badge";
import { BareButton } from "@/components/ui/bare-button";
import { RelativeTime } from "@/components/ui/figures";
import { LookText } from "@/components/ui/look-text";
import { SafeText } from "@/components/ui/safe-text";
import type { Webhook } from "@/lib/client/hooks/use-webhooks";
import { webhookLook } from "./delivery-look";

type WebhookTableProps = { readonly webhooks: readonly Webhook[]; readonly onOpen: (id: string) => void };

const shownEvents = 3;

/** The webhooks with their state; the address opens the log of what was sent. */
export function WebhookTable({ webhooks, onOpen }: WebhookTableProps) {
  return (
    <div className="overflow-x-auto rounded-box border bg-panel">
      <table aria-label="Webhooks" className="w-full text-left max-lg:table-fixed">
        <thead className="text-faint text-meta">
          <tr className="border-b [&>th]:h-8 [&>th]:px-3 [&>th]:font-normal">
            <th className="max-lg:w-24">State</th>
            <th>URL</th>
            <th className="max-lg:hidden">Events</th>
            <th className="text-right max-lg:hidden">Pending</th>
            <th className="text-right max-lg:w-24">Last attempt</th>
          </tr>
        </thead>
        <tbody>
          {webhooks.map((webhook) => (
            <WebhookRow key={webhook.id} webhook={webhook} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function WebhookRow({ webhook, onOpen }: { readonly webhook: Webhook; readonly onOpen: (id: string) => void }) {
  const { last_delivery: last, events } = webhook;
  return (
    <tr className="relative border-b last:border-b-0 hover:bg-hover [&>td]:h-10 [&>td]:px-3 max-lg:[&>td]:py-2">
      <td className="w-px">
        <LookText look={webhookLook(webhook)} />
      </td>
      <td className="max-w-72">
        <BareButton
          onClick={() => onOpen(webhook.id)}
          title={webhook.url}
          className="block w-full truncate text-left font-code after:absolute after:inset-0 max-lg:line-clamp-2 max-lg:whitespace-normal max-lg:break-all"
        >
          <SafeText text={webhook.url} />
        </BareButton>
        {webhook.description && (
          <span className="block truncate text-meta text-muted">
            <SafeText text={webhook.description} />
          </span>
        )}
        <span className="mt-1 block lg:hidden">
          <Events of={events} />
        </span>
      </td>
      <td className="max-lg:hidden">
        <Events of={events} />
      </td>
      <td className="figures text-right max-lg:hidden">{webhook.pending}</td>
      <td className="text-right">
        {last?.status_code && <span className="figures mr-2 text-muted">{last.status_code}</span>}
        <RelativeTime at={last?.at ?? null} missing="nothing sent yet" />
      </td>
    </tr>
  );
}

function Events({ of: events }: { readonly of: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-1" title={events.join(", ")}>
      {events.slice(0, shownEvents).map((event) => (
        <Badge key={event}>{event}</Badge>
      ))}
      {events.length > shownEvents && <span className="text-meta text-muted">+{events.length - shownEvents}</span>}
    </span>
  );
}
