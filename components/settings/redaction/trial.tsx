"use client";
import { useId, useState } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { useRedactionTrial } from "@/lib/client/hooks/use-redaction";
import type { RedactionPolicy } from "@/lib/core/redaction/policy";
import { OutcomeText } from "./outcome-text";

const example = `{"tool": "http_get", "args": {"url": "https://bot:hunter2@api.internal/v1", "authorization": "Bearer 3f9c1a77d04e4b"}}`;

/** What of a text would be stored as things stand. Nothing of it is. */
export function Trial({ policy }: { readonly policy: RedactionPolicy }) {
  const [text, setText] = useState(example);
  const trial = useRedactionTrial(policy, text);
  const id = useId();
  return (
    <div className="grid gap-3 px-3 py-2.5 md:grid-cols-2">
      <div className="min-w-0">
        <label htmlFor={id} className="block text-meta text-muted">
          Try it: what an agent sends
        </label>
        <textarea
          id={id}
          value={text}
          maxLength={20_000}
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
          className="mt-1 block h-32 w-full resize-y rounded-box border border-line-strong bg-panel p-2 font-code max-md:text-[16px]"
        />
      </div>
      <div className="min-w-0">
        <p className="text-meta text-muted">What is stored</p>
        <div className="mt-1 min-h-32 p-2">
          {trial.error && <ErrorState title="The test could not be run." error={trial.error} />}
          {trial.data && text.trim() !== "" && <OutcomeText outcome={trial.data} />}
        </div>
      </div>
    </div>
  );
}
