"use client";
import { useState } from "react";
import { DeliveryLog } from "@/components/settings/webhooks/delivery-log";
import { Sheet } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { SafeText } from "@/components/ui/safe-text";
import { useDeliveries, useRedeliver } from "@/lib/client/hooks/use-webhooks";
import type { AlertChannel } from "@/lib/core/alerts/channel";

const pageSize = 20;
const largestPage = 100;

/** Everything that was sent to a channel, with its attempts. */
export function ChannelSheet({ channel, onClose }: { readonly channel: AlertChannel; readonly onClose: () => void }) {
  const [limit, setLimit] = useState(pageSize);
  const [openId, setOpenId] = useState<string | null>(null);
  const deliveries = useDeliveries(channel.id, limit);
  const redeliver = useRedeliver();
  return (
    <Sheet open onOpenChange={onClose} title={<SafeText text={channel.name} />} className="sm:w-[44rem] sm:max-w-[92vw]">
      {channel.disabledReason !== null && <p className="mb-2 text-failed">{channel.disabledReason}</p>}
      {redeliver.error && <ErrorState className="mb-2" title="It was not sent again." error={redeliver.error} />}
      <DeliveryLog
        deliveries={deliveries.data?.data ?? null}
        total={deliveries.data?.pagination.total ?? 0}
        error={deliveries.error}
        openId={openId}
        onOpen={setOpenId}
        redelivering={redeliver.isPending ? redeliver.variables : null}
        onRedeliver={channel.status === "active" ? (id) => redeliver.mutate(id) : null}
        onMore={() => setLimit(largestPage)}
      />
    </Sheet>
  );
}
