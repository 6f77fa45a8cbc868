"use client";
import { Button } from "@/components/ui/button";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import type { ApiKey } from "@/lib/client/hooks/use-project";

type RevokeDialogProps = {
  readonly entry: ApiKey;
  readonly pending: boolean;
  readonly error: Error | null;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
};

export function RevokeDialog({ entry, pending, error, onClose, onConfirm }: RevokeDialogProps) {
  return (
    <Dialog
      open
      busy={pending}
      onOpenChange={onClose}
      title={`Revoke "${entry.name}"?`}
      description="Whatever uses this key is refused within seconds. What it sent stays. This cannot be undone."
    >
      {error && <ErrorState className="mb-3" title="The key was not revoked." error={error} kept="It still works." />}
      <div className="flex justify-end gap-2">
        <DialogCancel>Keep it</DialogCancel>
        <Button look="danger" disabled={pending} onClick={onConfirm}>
          {pending ? "Revoking" : "Revoke the key"}
        </Button>
      </div>
    </Dialog>
  );
}
