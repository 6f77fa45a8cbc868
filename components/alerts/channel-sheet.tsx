import { DeliveryLog } from "@/components/settings/webhooks/delivery-log";
import { Sheet } from "@/components/ui/dialog";
import { SafeText } from "@/components/ui/safe-text";
import type { AlertChannel } from "@/lib/core/alerts/channel";

/** Everything that was sent to a channel, with its attempts. */
export function ChannelSheet({ channel, onClose }: { readonly channel: AlertChannel; readonly onClose: () => void }) {
  return (
    <Sheet open onOpenChange={onClose} title={<SafeText text={channel.name} />} className="sm:w-[44rem] sm:max-w-[92vw]">
      {channel.disabledReason !== null && <p className="mb-2 text-failed">{channel.disabledReason}</p>}
      <DeliveryLog webhookId={channel.id} isActive={channel.status === "active"} />
    </Sheet>
  );
}
