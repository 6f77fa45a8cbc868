"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useDeliveries, useRedeliver } from "@/lib/client/hooks/use-webhooks";
import { DeliveryEntry } from "./delivery-entry";

const pageSize = 20;
const largestPage = 100;

type DeliveryLogProps = {
  readonly webhookId: string;
  /** Nothing is sent to a webhook that is disabled. */
  readonly isActive: boolean;
};

/** What was sent to a webhook or a channel, newest first, with its attempts. */
export function DeliveryLog({ webhookId, isActive }: DeliveryLogProps) {
  const [limit, setLimit] = useState(pageSize);
  const [openId, setOpenId] = useState<string | null>(null);
  const { data, error, refetch } = useDeliveries(webhookId, limit);
  const redeliver = useRedeliver();
  if (error && !data) return <ErrorState title="The deliveries could not be loaded." error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={4} />;
  const { data: deliveries, pagination } = data;
  if (deliveries.length === 0)
    return (
      <p className="rounded-box border bg-panel px-3 py-6 text-center text-muted">
        Nothing sent yet. Send a test to see what a delivery looks like.
      </p>
    );
  return (
    <>
      {redeliver.error && <ErrorState className="mb-2" title="It could not be resent." error={redeliver.error} />}
      <ul aria-label="Deliveries" className="divide-y overflow-hidden rounded-box border bg-panel">
        {deliveries.map((delivery) => (
          <DeliveryEntry
            key={delivery.id}
            delivery={delivery}
            open={openId === delivery.id}
            onToggle={() => setOpenId(openId === delivery.id ? null : delivery.id)}
            redelivering={redeliver.isPending && redeliver.variables === delivery.id}
            onRedeliver={isActive && delivery.type !== "webhook.test" ? () => redeliver.mutate(delivery.id) : null}
          />
        ))}
      </ul>
      <p className="mt-2 flex items-center gap-2 text-meta text-muted">
        {deliveries.length.toLocaleString("en")} of {pagination.total.toLocaleString("en")}
        {deliveries.length < Math.min(pagination.total, largestPage) && (
          <Button size="small" look="quiet" onClick={() => setLimit(largestPage)}>
            Show more
          </Button>
        )}
      </p>
    </>
  );
}
