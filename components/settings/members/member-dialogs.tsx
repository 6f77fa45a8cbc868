"use client";
import type { ComponentProps } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Member } from "@/lib/client/hooks/use-members";
import { SecretBox } from "../secret-box";
import { linkWords } from "./link-words";

type LinkDialogProps = {
  readonly member: Member;
  /** null = it is being made. */
  readonly url: string | null;
  readonly error: Error | null;
  readonly onClose: () => void;
};

/** A link for one more browser of a member. */
export function LinkDialog({ member: { name }, url, error, onClose }: LinkDialogProps) {
  const isMaking = url === null && !error;
  return (
    <Dialog
      open
      stays
      busy={isMaking}
      onOpenChange={onClose}
      title={`New link for ${name}`}
      description={`${linkWords(name)} Signed-in browsers stay signed in. Earlier unused links no longer work.`}
    >
      {error && <ErrorState title="The link could not be created." error={error} kept="An earlier unused link may still work." />}
      {url !== null && <SecretBox secret={url} what="link" />}
      {isMaking && <SkeletonRows rows={1} />}
      <div className="mt-4 flex justify-end">
        <Button look="solid" disabled={isMaking} onClick={onClose}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}

type RemoveDialogProps = Pick<ComponentProps<typeof ConfirmDialog>, "mutation" | "onConfirm" | "onClose"> & {
  readonly member: Member;
  /** Whoever removes is the member. */
  readonly isOwn: boolean;
};

export function RemoveMemberDialog({ member: { name }, isOwn, ...asked }: RemoveDialogProps) {
  const meaning = isOwn
    ? "You are removing yourself: all your browsers are signed out at once, and only another admin or the owner can let you in again."
    : "All their browsers are signed out at once; their unused links and standing approvals end.";
  return (
    <ConfirmDialog
      {...asked}
      title={isOwn ? "Leave this project?" : `Remove "${name}"?`}
      description={`${meaning} Past decisions keep the name. API keys ${isOwn ? "you" : "they"} created stay: check whether they are still needed.`}
      action={isOwn ? "Remove me" : "Remove member"}
      doing="Removing"
      keep="Cancel"
      failed="The member could not be removed."
    />
  );
}
