"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { TextField } from "@/components/ui/field";

type CancelDialogProps = {
  /** What is cancelled: "this run", "12 runs". */
  readonly what: string;
  readonly pending: boolean;
  readonly error: Error | null;
  readonly onClose: () => void;
  readonly onConfirm: (reason: string) => void;
};

/** Cancelling cannot be taken back: it is asked for, with what it means. */
export function CancelDialog({ what, pending, error, onClose, onConfirm }: CancelDialogProps) {
  const [reason, setReason] = useState("");
  return (
    <Dialog
      open
      busy={pending}
      onOpenChange={onClose}
      title={`Cancel ${what}?`}
      description="The agent is asked to stop at its next checkpoint. What it has done stays done. This cannot be undone."
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onConfirm(reason.trim());
        }}
      >
        {error && <ErrorState className="mb-3" title="Nothing was cancelled." error={error} />}
        <TextField
          label="Reason, for the agent and the log (optional)"
          data-autofocus
          maxLength={1_000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <div className="mt-4 flex justify-end gap-2">
          <DialogCancel>Keep running</DialogCancel>
          <Button look="danger" type="submit" disabled={pending}>
            {pending ? "Requesting" : `Cancel ${what}`}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
