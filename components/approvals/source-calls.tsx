"use client";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/figures";
import { SafeText } from "@/components/ui/safe-text";
import { useCallAgain, useSourceCalls } from "@/lib/client/hooks/use-sources";
import type { SourceCall } from "@/lib/core/api/source-call";
import type { Scope } from "@/lib/core/members/scopes";

type SourceCallsProps = {
  /** Address of what is told, in our API: an approval, or a control request. */
  readonly about: string;
  /** What calling again needs. */
  readonly needs: Scope;
  readonly mayResend?: boolean;
};

/** How a source's own endpoint was called, what it answered, and calling it again; nothing where the source has no address. */
export function SourceCalls({ about, needs, mayResend = true }: SourceCallsProps) {
  const { data: calls } = useSourceCalls(about);
  const again = useCallAgain(about);
  if (calls === undefined || calls.length === 0) return null;
  return (
    <ul aria-label="Calls to the source" className="space-y-0.5 text-meta">
      {calls.map((call) => (
        <li key={call.id} className="flex min-w-0 flex-wrap items-center gap-x-2">
          <span className="text-muted">Source</span>
          <SafeText text={call.source} />
          <Outcome call={call} />
          {mayResend && call.url !== null && (
            <Button
              size="small"
              needs={needs}
              look={call.status === "delivered" ? "quiet" : "outline"}
              disabled={again.isPending}
              onClick={() => again.mutate()}
            >
              {again.isPending ? "Sending" : "Resend"}
            </Button>
          )}
          {again.error && <span className="text-failed">{again.error.message}</span>}
        </li>
      ))}
    </ul>
  );
}

const words: Record<SourceCall["status"], string> = { pending: "waits", delivered: "accepted", failed: "failed" };
const tones: Record<SourceCall["status"], string> = { pending: "text-waiting", delivered: "text-succeeded", failed: "text-failed" };

function Outcome({ call }: { readonly call: SourceCall }) {
  const last = call.log.at(-1);
  return (
    <>
      <span className={tones[call.status]}>{words[call.status]}</span>
      {last && (
        <span className="figures min-w-0 truncate text-muted" title={last.reply ?? undefined}>
          {last.error ?? `HTTP ${last.status_code}`}, {call.attempts} {call.attempts === 1 ? "attempt" : "attempts"}
        </span>
      )}
      {call.nextAttemptAt && last && (
        <span className="text-muted">
          next <RelativeTime at={call.nextAttemptAt} />
        </span>
      )}
    </>
  );
}
