import { classNames } from "@/components/ui/class-names";
import { SafeText } from "@/components/ui/safe-text";
import type { Suggestion } from "@/lib/core/run-query/complete-run-query";
import { suggestionId } from "./suggestion-id";

type SuggestionListProps = {
  readonly id: string;
  readonly items: readonly Suggestion[];
  readonly active: number;
  readonly onChoose: (item: Suggestion) => void;
};

/** What could stand at the caret. The focus stays in the box. */
export function SuggestionList({ id, items, active, onChoose }: SuggestionListProps) {
  return (
    <div
      id={id}
      role="listbox"
      tabIndex={-1}
      aria-label="Suggestions"
      className={classNames(
        "absolute top-full right-0 left-0 z-40 mt-1 max-h-80 animate-rise overflow-y-auto rounded-box border bg-overlay p-1 shadow-overlay",
        items.length === 0 && "hidden",
      )}
    >
      {items.map((item, index) => (
        <div
          key={item.text}
          id={suggestionId(id, index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onPointerDown={(event) => {
            // The box keeps the focus.
            event.preventDefault();
            onChoose(item);
          }}
          className="flex h-7 cursor-default items-center gap-3 rounded-row px-2 hover:bg-hover aria-selected:bg-selected pointer-coarse:h-10"
        >
          <span className="truncate font-code">
            <SafeText text={item.label} />
          </span>
          <span className="ml-auto truncate text-faint">{item.hint}</span>
        </div>
      ))}
    </div>
  );
}
