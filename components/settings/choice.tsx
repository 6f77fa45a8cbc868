import { classNames } from "@/components/ui/class-names";

type ChoiceProps<Value extends string> = {
  readonly label: string;
  readonly values: readonly Value[];
  readonly words: Record<Value, string>;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
};

/** One of a few values, all in sight. */
export function Choice<Value extends string>({ label, values, words, value, onChange }: ChoiceProps<Value>) {
  return (
    <fieldset className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-3 py-2.5 last:border-b-0">
      <legend className="sr-only">{label}</legend>
      <span aria-hidden className="flex-1">
        {label}
      </span>
      <span className="flex rounded-box border bg-inset p-0.5">
        {values.map((each) => (
          <label
            key={each}
            className={classNames(
              "flex h-6 items-center rounded-row px-2.5 has-focus-visible:outline-2 has-focus-visible:outline-focus pointer-coarse:h-10 pointer-coarse:min-w-10",
              each === value ? "bg-panel font-medium shadow-[0_0_0_1px_var(--line-strong)]" : "text-muted hover:text-ink",
            )}
          >
            <input type="radio" name={label} checked={each === value} onChange={() => onChange(each)} className="sr-only" />
            {words[each]}
          </label>
        ))}
      </span>
    </fieldset>
  );
}
