"use client";
import { Plus, Send, Trash2 } from "lucide-react";
import { useState } from "react";
import { SecretBox } from "@/components/settings/secret-box";
import { deliveryLooks } from "@/components/settings/webhooks/delivery-look";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { RelativeTime } from "@/components/ui/figures";
import { IconButton } from "@/components/ui/icon-button";
import { LookText } from "@/components/ui/look-text";
import { SafeText } from "@/components/ui/safe-text";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { useAlertActs, useAlertChannels } from "@/lib/client/hooks/use-alerts";
import type { AlertChannel } from "@/lib/core/alerts/channel";
import { BrowserNotice } from "./browser-notice";
import { ChannelForm } from "./channel-form";
import { ChannelSheet } from "./channel-sheet";
import { DeleteChannelDialog } from "./delete-channel-dialog";

const kindWords = { webhook: "Webhook", slack: "Slack", email: "E-mail" } as const;

/** Who is told besides this page, how the last message went, and a test with its real outcome. */
export function Channels() {
  const list = useAlertChannels();
  const { createChannel, testChannel } = useAlertActs();
  const [making, setMaking] = useState(false);
  const [openId, setOpenId] = useState<string | null>(null);
  const [ending, setEnding] = useState<AlertChannel | null>(null);
  const open = list.data?.channels.find((channel) => channel.id === openId);
  const close = () => {
    setMaking(false);
    createChannel.reset();
  };
  const test = (channel: AlertChannel) =>
    testChannel.mutate(channel.id, {
      onSuccess: ({ status, error }) =>
        toast(
          status === "delivered"
            ? { text: `The test reached ${channel.name}.`, tone: "good" }
            : { text: `The test did not reach ${channel.name}: ${error ?? "unknown error"}`, tone: "bad" },
        ),
    });
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center gap-2">
        <p className="mr-auto text-muted">Every channel retries for two and a half hours and keeps a log.</p>
        <Button look="solid" onClick={() => setMaking(true)}>
          <Plus aria-hidden size={14} />
          New channel
        </Button>
      </div>
      <BrowserNotice />
      {list.error && <ErrorState title="The channels could not be loaded." error={list.error} onRetry={() => void list.refetch()} />}
      {testChannel.error && <ErrorState title="The test could not be sent." error={testChannel.error} />}
      {list.isPending && <SkeletonRows rows={3} />}
      {list.data?.channels.length === 0 && <p className="text-muted">No channels yet. Alerts show on this page and in open browsers.</p>}
      {list.data && list.data.channels.length > 0 && (
        <ul aria-label="Channels" className="divide-y overflow-hidden rounded-box border bg-panel">
          {list.data.channels.map((channel) => (
            <ChannelRow
              key={channel.id}
              channel={channel}
              testing={testChannel.isPending && testChannel.variables === channel.id}
              onOpen={() => setOpenId(channel.id)}
              onTest={() => test(channel)}
              onDelete={() => setEnding(channel)}
            />
          ))}
        </ul>
      )}
      {making && (
        <Dialog
          open
          stays={createChannel.data?.secret != null}
          busy={createChannel.isPending}
          onOpenChange={close}
          title={createChannel.data?.secret ? "Copy the secret now" : "New channel"}
        >
          {createChannel.data?.secret ? (
            <>
              <p className="mb-3 text-muted">Your receiver verifies signatures with it. It is shown only once.</p>
              <SecretBox secret={createChannel.data.secret} />
              <div className="mt-4 flex justify-end">
                <Button look="solid" onClick={close}>
                  Done
                </Button>
              </div>
            </>
          ) : (
            <ChannelForm
              email={list.data?.email ?? false}
              pending={createChannel.isPending}
              onCreate={(channel) => createChannel.mutate(channel, { onSuccess: (made) => made.secret === null && close() })}
            />
          )}
          {createChannel.error && <ErrorState className="mt-3" title="The channel could not be created." error={createChannel.error} />}
        </Dialog>
      )}
      {ending && <DeleteChannelDialog channel={ending} onClose={() => setEnding(null)} />}
      {open && <ChannelSheet channel={open} onClose={() => setOpenId(null)} />}
    </div>
  );
}

type ChannelRowProps = {
  readonly channel: AlertChannel;
  readonly testing: boolean;
  readonly onOpen: () => void;
  readonly onTest: () => void;
  readonly onDelete: () => void;
};

function ChannelRow({ channel, testing, onOpen, onTest, onDelete }: ChannelRowProps) {
  const { name, kind, address, status, last, pending } = channel;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium">
            <SafeText text={name} />
          </span>
          <Badge>{kindWords[kind]}</Badge>
          {status === "disabled" && <Badge tone="failed">Disabled</Badge>}
        </p>
        <p className="truncate text-meta text-muted">
          <SafeText text={address} />
        </p>
      </div>
      <span className="text-meta text-muted">
        {last ? (
          <span className="inline-flex items-center gap-2">
            <LookText look={deliveryLooks[last.status]} />
            <RelativeTime at={last.attempt.at} />
          </span>
        ) : pending > 0 ? (
          `${pending} pending`
        ) : (
          "nothing sent yet"
        )}
      </span>
      <span className="flex items-center gap-1">
        <Button size="small" once disabled={testing} aria-label={`Send a test to ${name}`} onClick={onTest}>
          <Send aria-hidden size={13} />
          {testing ? "Sending" : "Test"}
        </Button>
        <Button size="small" look="quiet" aria-label={`Log of ${name}`} onClick={onOpen}>
          Log
        </Button>
        <IconButton label={`Delete ${name}`} onClick={onDelete}>
          <Trash2 size={14} />
        </IconButton>
      </span>
    </li>
  );
}
