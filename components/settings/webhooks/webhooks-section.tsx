"use client";
import { Plus } from "lucide-react";
import { parseAsString, useQueryStates } from "nuqs";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useOpening } from "@/lib/client/hooks/use-opening";
import { useCancelReplay, useReplays, useStartReplay } from "@/lib/client/hooks/use-replays";
import {
  useCreateWebhook,
  useDeleteWebhook,
  useEnableWebhook,
  useRotateWebhook,
  useTestWebhook,
  useWebhooks,
  type Webhook,
} from "@/lib/client/hooks/use-webhooks";
import { Section } from "../section";
import { DeliveryLog } from "./delivery-log";
import { NewWebhookDialog } from "./new-webhook-dialog";
import { ReplayForm } from "./replay-form";
import { ReplayList } from "./replay-list";
import { WebhookEmpty } from "./webhook-empty";
import { WebhookSheet } from "./webhook-sheet";
import { WebhookTable } from "./webhook-table";

const place = { webhook: parseAsString };

/** Settings > Webhooks: who is told, what was sent, and sending a range once more. */
export function WebhooksSection() {
  const webhooks = useWebhooks();
  const create = useCreateWebhook();
  const [making, setMaking] = useState(false);
  const [{ webhook: openId }, setPlace] = useQueryStates(place);
  const setOpen = useOpening("webhook", setPlace);
  const open = webhooks.data?.find((webhook) => webhook.id === openId);
  return (
    <>
      <Section
        title="Webhooks"
        hint="Signed messages to your own URLs when something happens."
        action={
          <Button look="solid" onClick={() => setMaking(true)}>
            <Plus aria-hidden size={14} />
            New webhook
          </Button>
        }
      >
        {webhooks.error && (
          <ErrorState
            className="mb-3"
            title="The webhooks could not be loaded."
            error={webhooks.error}
            onRetry={() => void webhooks.refetch()}
          />
        )}
        {webhooks.isPending && <SkeletonRows rows={2} className="rounded-box border bg-panel" />}
        {webhooks.data?.length === 0 && <WebhookEmpty />}
        {webhooks.data && webhooks.data.length > 0 && <WebhookTable webhooks={webhooks.data} onOpen={(webhook) => setOpen({ webhook })} />}
      </Section>
      <ReplaySection />
      {making && (
        <NewWebhookDialog
          pending={create.isPending}
          error={create.error}
          made={create.data ?? null}
          onCreate={(webhook) => create.mutate(webhook)}
          onClose={() => {
            setMaking(false);
            create.reset();
          }}
        />
      )}
      {open && <OpenWebhook key={open.id} webhook={open} onClose={() => setOpen({ webhook: null })} />}
    </>
  );
}

function OpenWebhook({ webhook, onClose }: { readonly webhook: Webhook; readonly onClose: () => void }) {
  const test = useTestWebhook();
  const rotate = useRotateWebhook();
  const enable = useEnableWebhook();
  const remove = useDeleteWebhook();
  const [deleting, setDeleting] = useState(false);
  const act = (mutation: typeof test | typeof rotate | typeof enable) => ({
    pending: mutation.isPending,
    error: mutation.error,
    run: () => mutation.mutate(webhook.id),
  });
  return (
    <WebhookSheet
      webhook={webhook}
      onClose={onClose}
      test={act(test)}
      rotate={act(rotate)}
      enable={act(enable)}
      onDelete={() => setDeleting(true)}
      newSecret={rotate.data?.secret ?? null}
    >
      <DeliveryLog webhookId={webhook.id} isActive={webhook.status === "active"} />
      {deleting && (
        <ConfirmDialog
          title="Delete this webhook?"
          description="Nothing more is sent to it, and its delivery log is deleted. This cannot be undone."
          action="Delete webhook"
          doing="Deleting"
          failed="The webhook could not be deleted."
          kept="It still works."
          mutation={remove}
          onConfirm={() => remove.mutate(webhook.id, { onSuccess: onClose })}
          onClose={() => setDeleting(false)}
        />
      )}
    </WebhookSheet>
  );
}

function ReplaySection() {
  const replays = useReplays();
  const start = useStartReplay();
  const cancel = useCancelReplay();
  return (
    <Section title="Replay" hint="Resends the events of a period, in order, to any URL. It continues after a restart.">
      <ReplayForm pending={start.isPending} onStart={(wish) => start.mutate(wish)} />
      {start.error && <ErrorState className="mt-3" title="The replay could not be started." error={start.error} />}
      {start.data?.total === 0 && <p className="mt-3 text-muted">No events of these types in this period.</p>}
      {cancel.error && <ErrorState className="mt-3" title="The replay could not be cancelled." error={cancel.error} />}
      {replays.error && <ErrorState className="mt-3" title="The replays could not be loaded." error={replays.error} />}
      <ReplayList
        replays={replays.data ?? []}
        cancelling={cancel.isPending ? cancel.variables : null}
        onCancel={(id) => cancel.mutate(id)}
      />
    </Section>
  );
}
