"use client";
import { ChevronRight } from "lucide-react";
import { BareButton } from "@/components/ui/bare-button";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { CopyButton } from "@/components/ui/copy-button";
import { RelativeTime } from "@/components/ui/figures";
import { JsonView } from "@/components/ui/json-view";
import { LookText } from "@/components/ui/look-text";
import { SafeText } from "@/components/ui/safe-text";
import { useNow } from "@/lib/client/hooks/use-now";
import { type Delivery, useDelivery } from "@/lib/client/hooks/use-webhooks";
import { parseExact } from "@/lib/core/exact-json";
import { deliveryLooks } from "./delivery-look";

type DeliveryEntryProps = {
  readonly delivery: Delivery;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly redelivering: boolean;
  readonly onRedeliver: (() => void) | null;
};

/** One delivery on a line; opened, its attempts and the body that is sent. */
export function DeliveryEntry({ delivery, open, onToggle, redelivering, onRedeliver }: DeliveryEntryProps) {
  const { attempts, next_attempt_at: next } = delivery;
  return (
    <li>
      <div className="relative flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5 hover:bg-hover">
        <BareButton
          aria-expanded={open}
          onClick={onToggle}
          className="flex min-w-40 flex-1 items-center gap-2 text-left after:absolute after:inset-0"
        >
          <ChevronRight aria-hidden size={14} className={classNames("shrink-0 text-faint transition-transform", open && "rotate-90")} />
          <span className="min-w-0 truncate font-code">
            <SafeText text={delivery.type} />
          </span>
        </BareButton>
        <LookText look={deliveryLooks[delivery.status]} />
        <span className="figures text-meta text-muted">
          {delivery.status_code ?? (attempts === 0 ? "" : "no response")}
          {attempts > 0 && ` · ${attempts} ${attempts === 1 ? "attempt" : "attempts"}`}
        </span>
        <span className="ml-auto w-24 text-right text-meta text-muted">
          {next === null ? <RelativeTime at={delivery.created_at} /> : <NextTry at={next} />}
        </span>
        {onRedeliver && (
          <Button size="small" once disabled={redelivering} onClick={onRedeliver} className="relative">
            {redelivering ? "Sending" : "Resend"}
          </Button>
        )}
      </div>
      {open && <DeliveryDetail delivery={delivery} />}
    </li>
  );
}

function DeliveryDetail({ delivery }: { readonly delivery: Delivery }) {
  const full = useDelivery(delivery.id);
  const body = full.data?.body;
  return (
    <div className="border-t bg-inset px-3 py-3">
      <p className="mb-2 flex items-center gap-1 text-faint text-meta">
        <span className="truncate font-code">{delivery.id}</span>
        <CopyButton text={delivery.id} what="delivery id" />
      </p>
      {delivery.log.length > 0 && <Attempts log={delivery.log} />}
      {body !== undefined && (
        <div className="mt-3 overflow-hidden rounded-box border bg-panel p-2">
          <JsonView value={parseExact(body)} openDepth={2} />
        </div>
      )}
      {full.error && <p className="mt-2 text-failed">The body could not be loaded: {full.error.message}</p>}
    </div>
  );
}

function Attempts({ log }: Pick<Delivery, "log">) {
  return (
    <ol aria-label="Attempts" className="space-y-1">
      {log.map((attempt) => (
        <li key={attempt.at} className="flex flex-wrap items-baseline gap-x-3">
          <span className={classNames("figures font-medium", attempt.error === null ? "text-succeeded" : "text-failed")}>
            {attempt.error ?? `HTTP ${attempt.status_code}`}
          </span>
          <span className="figures text-meta text-muted">{attempt.duration_ms} ms</span>
          <RelativeTime at={attempt.at} className="text-meta text-muted" />
          {attempt.reply && (
            <span className="w-full truncate font-code text-muted" title={attempt.reply}>
              <SafeText text={attempt.reply} />
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

/** A time that has come and gone: the message waits for those before it. */
function NextTry({ at }: { readonly at: string }) {
  const nowMs = useNow(1_000);
  if (Date.parse(at) <= nowMs) return "due now";
  return (
    <>
      next <RelativeTime at={at} />
    </>
  );
}
