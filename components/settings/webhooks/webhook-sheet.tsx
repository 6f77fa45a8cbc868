"use client";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Sheet } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { RelativeTime } from "@/components/ui/figures";
import { LookText } from "@/components/ui/look-text";
import { SafeText } from "@/components/ui/safe-text";
import type { Webhook } from "@/lib/client/hooks/use-webhooks";
import { SecretBox } from "../secret-box";
import { webhookLook } from "./delivery-look";

type Act = { readonly pending: boolean; readonly error: Error | null; readonly run: () => void };

type WebhookSheetProps = {
  readonly webhook: Webhook;
  readonly onClose: () => void;
  readonly test: Act;
  readonly rotate: Act;
  readonly enable: Act;
  readonly onDelete: () => void;
  /** The secret of the last rotation, shown this once. */
  readonly newSecret: string | null;
  /** The delivery log. */
  readonly children: ReactNode;
};

/** One webhook: what it is told, its secret, and everything that was sent to it. */
export function WebhookSheet(props: WebhookSheetProps) {
  const { webhook, onClose, test, rotate, enable, newSecret } = props;
  const failed = [test, rotate, enable].find((act) => act.error !== null)?.error;
  return (
    <Sheet open onOpenChange={onClose} title="Webhook" className="sm:w-[44rem] sm:max-w-[92vw]">
      <div className="flex flex-col gap-4">
        <Facts webhook={webhook} />
        <div className="flex flex-wrap gap-2">
          {webhook.status === "disabled" && (
            <Button look="solid" disabled={enable.pending} onClick={enable.run}>
              {enable.pending ? "Enabling" : "Enable"}
            </Button>
          )}
          <Button once disabled={test.pending} onClick={test.run}>
            {test.pending ? "Sending test" : "Send test"}
          </Button>
          <Button once disabled={rotate.pending} onClick={rotate.run}>
            {rotate.pending ? "Rotating" : "Rotate secret"}
          </Button>
          <Button look="danger" onClick={props.onDelete}>
            Delete
          </Button>
        </div>
        {failed && <ErrorState title="The webhook could not be updated." error={failed} />}
        {newSecret !== null && (
          <div>
            <p className="mb-1.5 text-muted">
              The new secret is shown only once. For 24 hours every message is signed with both, so your receiver can switch over at any
              time.
            </p>
            <SecretBox secret={newSecret} />
          </div>
        )}
        <div>
          <h3 className="mb-2 font-medium">Deliveries</h3>
          {props.children}
        </div>
      </div>
    </Sheet>
  );
}

function Facts({ webhook }: { readonly webhook: Webhook }) {
  const { previous_secret_until: overlap } = webhook;
  return (
    <div className="flex flex-col gap-2">
      <p className="flex items-start gap-1">
        <span className="min-w-0 break-all font-code">
          <SafeText text={webhook.url} />
        </span>
        <CopyButton text={webhook.url} what="address" />
      </p>
      {webhook.description && (
        <p className="text-muted">
          <SafeText text={webhook.description} />
        </p>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <LookText look={webhookLook(webhook)} />
        <span className="flex flex-wrap gap-1">
          {webhook.events.map((event) => (
            <Badge key={event}>{event}</Badge>
          ))}
        </span>
        {overlap !== null && (
          <span className="text-meta text-muted">
            old secret expires <RelativeTime at={overlap} />
          </span>
        )}
      </div>
      {webhook.disabled_reason && <p className="text-failed">{webhook.disabled_reason} Nothing is sent until you enable it.</p>}
    </div>
  );
}
