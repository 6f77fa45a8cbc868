import { CopyTextButton } from "@/components/ui/copy-button";
import { JsonView } from "@/components/ui/json-view";
import { SafeText } from "@/components/ui/safe-text";
import { stringifyExact } from "@/lib/core/exact-json";

/** An input or output: words as words, anything else as a tree. */
export function ValuePane({ value, what, missing }: { readonly value: unknown; readonly what: string; readonly missing: string }) {
  if (value === undefined) return <p className="p-3 text-muted">{missing}</p>;
  const text = typeof value === "string" ? value : null;
  return (
    <div className="relative p-3">
      <span className="absolute top-1.5 right-2 z-10 rounded-box bg-panel">
        <CopyTextButton text={() => text ?? stringifyExact(value, 2)} what={what} size="small" look="quiet" />
      </span>
      {text === null ? (
        <JsonView value={value} openDepth={3} className="pr-14" />
      ) : (
        <p className="whitespace-pre-wrap break-words pr-14 [overflow-wrap:anywhere]" dir="auto">
          <SafeText text={text} clamp={20_000} />
        </p>
      )}
    </div>
  );
}
