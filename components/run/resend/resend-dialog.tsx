"use client";
import { ReplayForm } from "@/components/settings/webhooks/replay-form";
import { ReplayList } from "@/components/settings/webhooks/replay-list";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { useCancelReplay, useReplays, useStartRunReplay } from "@/lib/client/hooks/use-replays";

type ResendDialogProps = { readonly runId: string; readonly onClose: () => void };

/** Sends a run's events to an address once more, in order, and shows how far it came. */
export function ResendDialog({ runId, onClose }: ResendDialogProps) {
  const start = useStartRunReplay();
  const cancel = useCancelReplay();
  const replays = useReplays();
  const started = start.data;
  const shown = started ? [replays.data?.find((replay) => replay.id === started.id) ?? started] : [];
  const error = start.error ?? cancel.error;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Resend this run's events"
      description="To any URL, in the order they happened, in ResonantGenesis's envelope. It continues when you close this."
    >
      <ReplayForm whole pending={start.isPending} onStart={(wish) => start.mutate({ runId, wish })} />
      {error && (
        <ErrorState
          className="mt-3"
          title={start.error ? "The events could not be resent." : "The resend could not be cancelled."}
          error={error}
        />
      )}
      {started?.total === 0 && <p className="mt-3 text-muted">This run has no events of these types.</p>}
      <ReplayList replays={shown} cancelling={cancel.isPending ? (cancel.variables ?? null) : null} onCancel={(id) => cancel.mutate(id)} />
    </Dialog>
  );
}
