"use client";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { SecretBox } from "./secret-box";

type MakeDialogProps = {
  readonly title: string;
  /** What is made: "key". */
  readonly noun: string;
  /** What was just made: its secret is shown this once. */
  readonly made: { readonly secret: string; readonly what: string; readonly description: string } | null;
  readonly ready: boolean;
  readonly pending: boolean;
  readonly error: Error | null;
  readonly onMake: () => void;
  readonly onClose: () => void;
  /** The fields. */
  readonly children: ReactNode;
};

/** Makes something that has a secret, and shows the secret once. */
export function MakeDialog({ title, noun, made, ready, pending, error, onMake, onClose, children }: MakeDialogProps) {
  if (made)
    return (
      <Dialog open stays onOpenChange={onClose} title={`Copy the ${made.what} now`} description={made.description}>
        <SecretBox secret={made.secret} what={made.what} />
        <div className="mt-4 flex justify-end">
          <Button look="solid" onClick={onClose}>
            Done
          </Button>
        </div>
      </Dialog>
    );
  return (
    <Dialog open busy={pending} onOpenChange={onClose} title={title}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          onMake();
        }}
      >
        {children}
        <div className="flex justify-end gap-2">
          <DialogCancel>Cancel</DialogCancel>
          <Button look="solid" type="submit" disabled={pending || !ready}>
            {pending ? `Creating ${noun}` : `Create ${noun}`}
          </Button>
        </div>
      </form>
      {error && <ErrorState className="mt-3" title={`The ${noun} could not be created.`} error={error} />}
    </Dialog>
  );
}
