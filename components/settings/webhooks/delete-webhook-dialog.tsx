"use client";
import { Button } from "@/components/ui/button";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";

type DeleteWebhookDialogProps = {
  readonly pending: boolean;
  readonly error: Error | null;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
};

export function DeleteWebhookDialog({ pending, error, onClose, onConfirm }: DeleteWebhookDialogProps) {
  return (
    <Dialog
      open
      busy={pending}
      onOpenChange={onClose}
      title="Delete this webhook?"
      description="Nothing more is sent to it, and the log of what was sent is removed. This cannot be undone."
    >
      {error && <ErrorState className="mb-3" title="The webhook was not deleted." error={error} kept="It still works." />}
      <div className="flex justify-end gap-2">
        <DialogCancel>Keep it</DialogCancel>
        <Button look="danger" disabled={pending} onClick={onConfirm}>
          {pending ? "Deleting" : "Delete the webhook"}
        </Button>
      </div>
    </Dialog>
  );
}
