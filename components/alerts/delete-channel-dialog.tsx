"use client";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { useAlertActs } from "@/lib/client/hooks/use-alerts";
import type { AlertChannel } from "@/lib/core/alerts/channel";

type DeleteChannelDialogProps = { readonly channel: AlertChannel; readonly onClose: () => void };

/** Rules lose the channel without a word, and a webhook's secret cannot be made again: it is asked for. */
export function DeleteChannelDialog({ channel: { id, name }, onClose }: DeleteChannelDialogProps) {
  const { deleteChannel } = useAlertActs();
  const deleted = () => {
    onClose();
    toast({ text: `Channel ${name} deleted.` });
  };
  return (
    <ConfirmDialog
      title={`Delete "${name}"?`}
      description="It receives no more alerts, rules stop using it, and its log is deleted. This cannot be undone."
      action="Delete channel"
      doing="Deleting"
      failed="The channel could not be deleted."
      mutation={deleteChannel}
      onConfirm={() => deleteChannel.mutate(id, { onSuccess: deleted })}
      onClose={onClose}
    />
  );
}
