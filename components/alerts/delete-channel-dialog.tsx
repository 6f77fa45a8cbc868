"use client";
import { Button } from "@/components/ui/button";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { toast } from "@/components/ui/toast";
import { useAlertActs } from "@/lib/client/hooks/use-alerts";
import type { AlertChannel } from "@/lib/core/alerts/channel";

type DeleteChannelDialogProps = { readonly channel: AlertChannel; readonly onClose: () => void };

/** Rules lose the channel without a word, and a webhook's secret cannot be made again: it is asked for. */
export function DeleteChannelDialog({ channel: { id, name }, onClose }: DeleteChannelDialogProps) {
  const { deleteChannel } = useAlertActs();
  const deleted = () => {
    onClose();
    toast({ text: `The channel ${name} is deleted.` });
  };
  return (
    <Dialog
      open
      busy={deleteChannel.isPending}
      onOpenChange={onClose}
      title={`Delete "${name}"?`}
      description="Nothing more is sent to it, rules stop using it, and its log is removed. This cannot be undone."
    >
      {deleteChannel.error && <ErrorState className="mb-3" title="The channel was not deleted." error={deleteChannel.error} />}
      <div className="flex justify-end gap-2">
        <DialogCancel>Keep it</DialogCancel>
        <Button look="danger" disabled={deleteChannel.isPending} onClick={() => deleteChannel.mutate(id, { onSuccess: deleted })}>
          {deleteChannel.isPending ? "Deleting" : "Delete the channel"}
        </Button>
      </div>
    </Dialog>
  );
}
