"use client";
import { Button } from "./button";
import { Dialog, DialogCancel } from "./dialog";
import { ErrorState } from "./error-state";

type ConfirmDialogProps = {
  readonly title: string;
  /** What goes and what stays. */
  readonly description: string;
  /** The button that does it, and what it says meanwhile: "Delete rule", "Deleting". */
  readonly action: string;
  readonly doing: string;
  /** The button that does nothing. */
  readonly keep?: string;
  /** Said when it fails: "The rule could not be deleted." */
  readonly failed: string;
  readonly kept?: string;
  readonly mutation: { readonly isPending: boolean; readonly error: Error | null; readonly reset: () => void };
  readonly onConfirm: () => void;
  readonly onClose: () => void;
};

/** Asks before something is done that cannot be taken back. A failure is forgotten with the dialog. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, description, action, doing, keep = "Cancel", failed, kept, mutation, onConfirm, onClose } = props;
  const { isPending, error, reset } = mutation;
  const close = () => {
    reset();
    onClose();
  };
  return (
    <Dialog open busy={isPending} onOpenChange={close} title={title} description={description}>
      {error && <ErrorState className="mb-3" title={failed} error={error} kept={kept} />}
      <div className="flex justify-end gap-2">
        <DialogCancel>{keep}</DialogCancel>
        <Button look="danger" disabled={isPending} onClick={onConfirm}>
          {isPending ? doing : action}
        </Button>
      </div>
    </Dialog>
  );
}
