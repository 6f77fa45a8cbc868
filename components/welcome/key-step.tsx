"use client";
import { KeyRound } from "lucide-react";
import { Button } from "@/components/ui/button";
import { CopyTextButton } from "@/components/ui/copy-button";
import { ErrorState } from "@/components/ui/error-state";

type KeyStepProps = {
  readonly secret: string | null;
  readonly pending: boolean;
  readonly error: Error | null;
  readonly onCreate: () => void;
};

/** A key for senders. Its secret is on the page this once. */
export function KeyStep({ secret, pending, error, onCreate }: KeyStepProps) {
  if (error) return <ErrorState className="mt-3" title="The key could not be created." error={error} onRetry={onCreate} />;
  if (secret === null)
    return (
      <Button look="solid" size="large" needs="admin" className="mt-3" disabled={pending} onClick={onCreate}>
        <KeyRound aria-hidden size={15} />
        {pending ? "Creating key" : "Create key"}
      </Button>
    );
  return (
    <>
      <div className="mt-3 flex items-center justify-between gap-3 rounded-box border bg-inset py-1.5 pr-1.5 pl-3">
        <code className="min-w-0 break-all font-code">{secret}</code>
        <CopyTextButton size="small" text={secret} what="key" />
      </div>
      <p className="mt-1.5 text-faint text-meta">
        Shown only once, and already in the commands below. It can send events and nothing else.
      </p>
    </>
  );
}
