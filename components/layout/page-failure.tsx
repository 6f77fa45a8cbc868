"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { BareButton } from "@/components/ui/bare-button";
import { buttonClass } from "@/components/ui/button-class";

export type PageFailureProps = { readonly error: Error & { readonly digest?: string }; readonly reset: () => void };

/** After an upgrade the scripts of a page that was open before are gone: drawing it once more would ask for them again. */
const lostScript = /ChunkLoadError|Failed to load chunk/;

/** What stands where a page should: what happened, what was kept, what to do next. Every page carries it along: it stays small. */
export function PageFailure({ error, reset }: PageFailureProps) {
  const router = useRouter();
  const client = useQueryClient();
  // Everything is read anew: what was read may be what cannot be drawn.
  const drawAgain = () =>
    startTransition(() => {
      client.clear();
      router.refresh();
      reset();
    });
  const isLost = lostScript.test(`${error.name} ${error.message}`);
  return (
    <div role="alert" className="flex h-full min-h-60 flex-col items-center justify-center px-6 text-center">
      <h1 className="font-medium text-title">{isLost ? "Watchfloor was upgraded" : "This page could not be displayed"}</h1>
      <p className="mt-1 max-w-md text-muted">
        {isLost
          ? "Part of this page is no longer on the server. Reload to get the current version."
          : "Your runs are not affected. Events are still being stored."}
      </p>
      <div className="mt-4 flex flex-wrap justify-center gap-2">
        <BareButton className={buttonClass("solid")} onClick={isLost ? () => location.reload() : drawAgain}>
          {isLost ? "Reload" : "Try again"}
        </BareButton>
        <a href="/runs" className={buttonClass()}>
          All runs
        </a>
      </div>
      <p className="mt-4 max-w-md break-words font-code text-faint text-meta">
        {/* What the server says of its own failures stays in its log; the reference finds it there. */}
        {error.digest ? <span className="select-all">Reference {error.digest}</span> : error.message.slice(0, 300)}
      </p>
    </div>
  );
}
