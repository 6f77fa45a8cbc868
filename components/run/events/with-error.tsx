import type { ReactNode } from "react";
import { ErrorState } from "@/components/ui/error-state";

/** What was read, below what could not be. */
export function WithError({
  error,
  onRetry,
  children,
}: {
  readonly error: Error | null;
  readonly onRetry: () => void;
  readonly children: ReactNode;
}) {
  return (
    <div className="flex h-full min-h-0 flex-col">
      {error && (
        <ErrorState
          title="Some events could not be loaded."
          error={error}
          kept="The events shown were loaded before."
          onRetry={onRetry}
          className="m-2 shrink-0"
        />
      )}
      <div className="min-h-0 flex-1">{children}</div>
    </div>
  );
}
