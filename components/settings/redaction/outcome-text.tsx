import { MarkedText } from "@/components/ui/marked-text";
import type { RedactionOutcome } from "@/lib/core/api/redaction";
import { placeholderForm } from "@/lib/core/redaction/placeholder";

const placeholders = new RegExp(placeholderForm.source, "gu");

/** What would be stored; what stands for a value stands out. */
export function OutcomeText({ outcome: { text, count } }: { readonly outcome: RedactionOutcome }) {
  return (
    <>
      <span className="block whitespace-pre-wrap font-code text-ink [overflow-wrap:anywhere]">
        <MarkedText text={text} marked={placeholders} />
      </span>
      <span role="status" className="mt-1 block text-meta text-muted">
        {count === 0 ? "Nothing is redacted." : count === 1 ? "One value is redacted." : `${count} values are redacted.`}
      </span>
    </>
  );
}
