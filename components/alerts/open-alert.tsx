"use client";
import { Sheet } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { useAlert, useAlertActs } from "@/lib/client/hooks/use-alerts";
import { serverNow } from "@/lib/client/hooks/use-now";
import { AlertSheet } from "./alert-sheet";

/** The alert that the address names, with its acts. */
export function OpenAlert({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { data, error, isPending } = useAlert(id);
  const { acknowledge, mute } = useAlertActs();
  if (!data)
    return (
      <Sheet open onOpenChange={onClose} title="Alert">
        {isPending && <SkeletonRows rows={5} />}
        {error && <ErrorState title="The alert could not be loaded." error={error} />}
      </Sheet>
    );
  return (
    <AlertSheet
      alert={data.alert}
      log={data.log}
      pending={acknowledge.isPending || mute.isPending}
      error={acknowledge.error ?? mute.error}
      nowMs={serverNow}
      onClose={onClose}
      onAcknowledge={(note) => acknowledge.mutate({ id, note }, { onSuccess: () => toast({ text: "Acknowledged.", tone: "good" }) })}
      onMute={(until) =>
        mute.mutate({ id, until }, { onSuccess: () => toast({ text: until === null ? "Unmuted." : "Muted.", tone: "good" }) })
      }
    />
  );
}
