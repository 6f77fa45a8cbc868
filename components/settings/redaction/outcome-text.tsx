import { SafeText } from "@/components/ui/safe-text";
import type { RedactionOutcome } from "@/lib/core/api/redaction";
import { placeholderForm } from "@/lib/core/redaction/placeholder";

const placeholders = new RegExp(`(${placeholderForm.source})`, "u");

/** What would be stored; what stands for a value stands out. */
export function OutcomeText({ outcome: { text, count } }: { readonly outcome: RedactionOutcome }) {
  const parts = text.split(placeholders);
  return (
    <>
      <span className="block whitespace-pre-wrap font-code text-ink [overflow-wrap:anywhere]">
        {parts.map((part, index) =>
          index % 2 === 1 ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, in its order
            <mark key={index} className="rounded-row bg-selected px-0.5 text-accent">
              {part}
            </mark>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, in its order
            <SafeText key={index} text={part} />
          ),
        )}
      </span>
      <span role="status" className="mt-1 block text-meta text-muted">
        {count === 0 ? "Nothing is taken out." : count === 1 ? "One value is taken out." : `${count} values are taken out.`}
      </span>
    </>
  );
}
