import { CircleX, CornerDownRight } from "lucide-react";
import { Button } from "@/components/ui/button";
import { CopyTextButton } from "@/components/ui/copy-button";
import { SafeText } from "@/components/ui/safe-text";
import type { EventError } from "@/lib/core/events/canonical";
import type { Span } from "@/lib/core/run/timeline-state";

type ErrorCardProps = {
  readonly error: EventError | null;
  /** Where to look. */
  readonly failed: Span | null;
  readonly onShow: (spanId: string) => void;
};

const clampChars = 320;

/** Why the run failed, before anything else on the page. */
export function ErrorCard({ error, failed, onShow }: ErrorCardProps) {
  const message = error?.message ?? failed?.error ?? null;
  return (
    <section
      role="alert"
      aria-label="Why this run failed"
      className="flex shrink-0 flex-wrap items-start gap-x-2.5 gap-y-1.5 border-failed border-b border-l-3 bg-panel px-3 py-2 sm:px-4"
    >
      <CircleX aria-hidden size={16} strokeWidth={1.75} className="mt-0.5 shrink-0 text-failed" />
      <div className="min-w-0 flex-1 basis-64">
        <p className="max-h-40 overflow-y-auto break-words [overflow-wrap:anywhere]" dir="auto">
          {message === null ? (
            "The run failed and its sender gave no reason."
          ) : (
            <SafeText text={message} clamp={clampChars} className="font-medium" />
          )}
          {error?.code && error.code !== message && (
            <span className="tint ml-2 rounded-row px-1 font-code text-failed">
              <SafeText text={error.code.slice(0, 80)} />
            </span>
          )}
        </p>
        {error?.stack && (
          <details className="mt-1 text-muted">
            <summary className="w-fit rounded-row text-meta hover:text-ink">Stack trace</summary>
            <pre className="mt-1 max-h-56 overflow-auto whitespace-pre-wrap break-words rounded-box border bg-inset p-2 font-code">
              <SafeText text={error.stack} clamp={4_000} />
            </pre>
          </details>
        )}
      </div>
      <span className="ml-auto flex items-center gap-1.5">
        {message !== null && (
          <CopyTextButton
            text={() => [error?.code, message, error?.stack].filter(Boolean).join("\n")}
            what="error"
            size="small"
            look="quiet"
          />
        )}
        {failed && (
          <Button size="small" onClick={() => onShow(failed.id)}>
            <CornerDownRight aria-hidden size={13} />
            Show in run
          </Button>
        )}
      </span>
    </section>
  );
}
