import { RotateCw, TriangleAlert } from "lucide-react";
import { ApiError } from "@/lib/client/hooks/api-error";
import { Button } from "./button";
import { classNames } from "./class-names";
import { CopyButton } from "./copy-button";

type ErrorStateProps = {
  /** What could not be done: "The runs could not be loaded." */
  readonly title: string;
  readonly error: Error;
  /** What is still there: "The list below may be out of date." */
  readonly kept?: string;
  readonly onRetry?: () => void;
  readonly className?: string;
};

/** Says in place what happened, what was kept and what to do next. */
export function ErrorState({ title, error, kept, onRetry, className }: ErrorStateProps) {
  const refusal = error instanceof ApiError ? error : null;
  return (
    <div role="alert" className={classNames("flex items-start gap-3 rounded-box border bg-panel p-3", className)}>
      <TriangleAlert aria-hidden size={16} className="mt-0.5 shrink-0 text-failed" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        <p className="break-words text-muted">
          {error.message}
          {refusal?.hint && ` ${refusal.hint}`}
          {kept && ` ${kept}`}
        </p>
        {refusal?.requestId && (
          <p className="mt-1 flex items-center gap-1 text-faint text-meta">
            Request <span className="font-code">{refusal.requestId}</span>
            <CopyButton text={refusal.requestId} what="request id" />
          </p>
        )}
      </div>
      {onRetry && (
        <Button size="small" onClick={onRetry}>
          <RotateCw size={13} aria-hidden />
          Try again
        </Button>
      )}
    </div>
  );
}
