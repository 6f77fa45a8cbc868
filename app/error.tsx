"use client";
import { BareButton } from "@/components/ui/bare-button";
import { buttonClass } from "@/components/ui/button-class";

type PageErrorProps = { readonly error: Error & { readonly digest?: string }; readonly reset: () => void };

/** Every page carries this one along: it stays small. */
export default function PageError({ error, reset }: PageErrorProps) {
  return (
    <main role="alert" className="flex h-full min-h-60 flex-col items-center justify-center px-6 text-center">
      <h1 className="font-medium text-title">This page could not be drawn</h1>
      <p className="mt-1 max-w-md break-words text-muted">Your runs are not affected; events are still stored. {error.message}</p>
      {error.digest && (
        <p className="mt-1 text-faint text-meta">
          Reference <span className="select-all font-code">{error.digest}</span>
        </p>
      )}
      <BareButton className={`mt-4 ${buttonClass()}`} onClick={reset}>
        Try again
      </BareButton>
    </main>
  );
}
