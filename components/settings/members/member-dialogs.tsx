"use client";
import { Button } from "@/components/ui/button";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
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
      description={`${linkWords(name)} Browsers that are signed in stay signed in; an earlier link that was not used no longer works.`}
    >
      {error && <ErrorState title="The link was not made." error={error} kept="An earlier link that was not used may still work." />}
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

type RemoveDialogProps = {
  readonly member: Member;
  /** Whoever removes is the member. */
  readonly isOwn: boolean;
  readonly pending: boolean;
  readonly error: Error | null;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
};

export function RemoveMemberDialog({ member: { name }, isOwn, pending, error, onClose, onConfirm }: RemoveDialogProps) {
  const meaning = isOwn
    ? "You are removing yourself: all your browsers are signed out at once, and only another admin or the owner can let you in again."
    : "All their browsers are signed out at once; unused links and what they allowed in advance end.";
  return (
    <Dialog
      open
      busy={pending}
      onOpenChange={onClose}
      title={isOwn ? "Leave this project?" : `Remove "${name}"?`}
      description={`${meaning} What was decided keeps the name. API keys ${isOwn ? "you" : "they"} made stay: check whether they are still needed.`}
    >
      {error && <ErrorState className="mb-3" title="Nobody was removed." error={error} />}
      <div className="flex justify-end gap-2">
        <DialogCancel>{isOwn ? "Stay" : "Keep the member"}</DialogCancel>
        <Button look="danger" disabled={pending} onClick={onConfirm}>
          {pending ? "Removing" : isOwn ? "Remove me" : "Remove the member"}
        </Button>
      </div>
    </Dialog>
  );
}
