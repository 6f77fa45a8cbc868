"use client";
import { ErrorState } from "@/components/ui/error-state";

export default function PageError({ error, reset }: { readonly error: Error & { digest?: string }; readonly reset: () => void }) {
  return (
    <main className="mx-auto flex h-dvh max-w-xl items-center px-4">
      <ErrorState
        className="w-full"
        title="This page could not be drawn."
        error={error}
        kept={`Your runs are not affected.${error.digest ? ` Reference ${error.digest}.` : ""}`}
        onRetry={reset}
      />
    </main>
  );
}
