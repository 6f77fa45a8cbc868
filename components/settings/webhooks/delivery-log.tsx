"use client";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Delivery } from "@/lib/client/hooks/use-webhooks";
import { DeliveryEntry } from "./delivery-entry";

type DeliveryLogProps = {
  readonly deliveries: readonly Delivery[] | null;
  readonly total: number;
  readonly error: Error | null;
  readonly openId: string | null;
  readonly onOpen: (id: string | null) => void;
  readonly redelivering: string | null;
  /** Null where nothing can be sent: the webhook is disabled. */
  readonly onRedeliver: ((id: string) => void) | null;
  readonly onMore: () => void;
};

/** What was sent to a webhook, newest first. */
export function DeliveryLog({ deliveries, total, error, ...entry }: DeliveryLogProps) {
  if (error && deliveries === null) return <ErrorState title="The deliveries could not be read." error={error} />;
  if (deliveries === null) return <SkeletonRows rows={4} />;
  if (deliveries.length === 0)
    return (
      <p className="rounded-box border bg-panel px-3 py-6 text-center text-muted">Nothing was sent yet. Send a test to see how it looks.</p>
    );
  return (
    <>
      <ul aria-label="Deliveries" className="divide-y overflow-hidden rounded-box border bg-panel">
        {deliveries.map((delivery) => (
          <DeliveryEntry
            key={delivery.id}
            delivery={delivery}
            open={entry.openId === delivery.id}
            onToggle={() => entry.onOpen(entry.openId === delivery.id ? null : delivery.id)}
            redelivering={entry.redelivering === delivery.id}
            onRedeliver={entry.onRedeliver === null || delivery.type === "webhook.test" ? null : () => entry.onRedeliver?.(delivery.id)}
          />
        ))}
      </ul>
      <p className="mt-2 flex items-center gap-2 text-meta text-muted">
        {deliveries.length.toLocaleString("en")} of {total.toLocaleString("en")}
        {deliveries.length < total && deliveries.length < 100 && (
          <Button size="small" look="quiet" onClick={entry.onMore}>
            Show more
          </Button>
        )}
      </p>
    </>
  );
}
