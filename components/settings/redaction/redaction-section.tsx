"use client";
import { useState } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useRedaction } from "@/lib/client/hooks/use-redaction";
import { useRefusal } from "@/lib/client/hooks/use-refusal";
import type { RedactionPolicy } from "@/lib/core/redaction/policy";
import { Section } from "../section";
import { OwnFields } from "./own-fields";
import { OwnPatterns } from "./own-patterns";
import { Trial } from "./trial";

/** Settings > Redaction: what never reaches the log. */
export function RedactionSection() {
  const { policy, change } = useRedaction();
  const refusal = useRefusal("admin");
  // What was chosen is shown at once; a refusal brings back what holds.
  const shown = change.isPending ? change.variables.to : policy.data;
  // Of several on their way each may fail, not only the last.
  const [failure, setFailure] = useState<Error | null>(null);
  const save = (from: RedactionPolicy, to: RedactionPolicy) => {
    setFailure(null);
    return change.mutateAsync({ from, to }).then(
      () => null,
      (error: Error) => {
        setFailure(error);
        return error;
      },
    );
  };
  return (
    <Section
      title="Redaction"
      hint={`What is removed from an event before it is stored, so that no page, stream, webhook or export has it. Stored events stay as they are.${refusal === null ? "" : ` ${refusal}`}`}
    >
      {policy.error && (
        <ErrorState
          className="mb-3"
          title="The redaction settings could not be loaded."
          error={policy.error}
          onRetry={() => void policy.refetch()}
        />
      )}
      {failure && <ErrorState className="mb-3" title="The change could not be saved." error={failure} />}
      {policy.isPending && <SkeletonRows rows={4} className="rounded-box border bg-panel" />}
      <p role="status" className="-mt-2 mb-2 min-h-5 text-meta text-muted">
        {change.isPending ? "Saving …" : change.isSuccess && "Saved. Applies from the next event on."}
      </p>
      {shown && <Choices policy={shown} fixed={refusal !== null} onChange={(to) => save(shown, to)} />}
    </Section>
  );
}

const kinds = [
  {
    kind: "credentials",
    words: "Credentials",
    hint: "Keys, tokens, private keys and passwords: by format, like sk-…, ghp_…, AKIA… or eyJ…, and by field name, like password, api_key or Authorization.",
  },
  { kind: "emails", words: "E-mail addresses", hint: "Anywhere in a text." },
  { kind: "cards", words: "Payment card numbers", hint: "By length, issuer and check digit, with or without spaces." },
] as const;

type ChoicesProps = {
  readonly policy: RedactionPolicy;
  /** Shown, and not to be changed by whoever looks. */
  readonly fixed: boolean;
  /** Gives why it was not changed; null = it was. */
  readonly onChange: (policy: RedactionPolicy) => Promise<Error | null>;
};

function Choices({ policy, fixed, onChange }: ChoicesProps) {
  return (
    <div className="divide-y rounded-box border bg-panel">
      {kinds.map(({ kind, words, hint }) => (
        <label key={kind} className="flex items-start gap-2.5 px-3 py-2 pointer-coarse:py-3">
          <input
            type="checkbox"
            className="mt-1 accent-(--accent)"
            disabled={fixed}
            checked={policy[kind]}
            onChange={(event) => void onChange({ ...policy, [kind]: event.target.checked })}
            aria-describedby={`redact-${kind}`}
          />
          <span className="min-w-0">
            <span className="block">{words}</span>
            <span id={`redact-${kind}`} className="block text-faint text-meta">
              {hint}
            </span>
          </span>
        </label>
      ))}
      <OwnFields fields={policy.fields} onChange={(fields) => onChange({ ...policy, fields })} />
      <OwnPatterns policy={policy} onChange={(patterns) => onChange({ ...policy, patterns })} />
      <Trial policy={policy} />
    </div>
  );
}
