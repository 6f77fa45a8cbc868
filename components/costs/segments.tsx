import { BareButton } from "@/components/ui/bare-button";
import { classNames } from "@/components/ui/class-names";

type SegmentsProps<Value extends string> = {
  readonly label: string;
  readonly values: readonly Value[];
  readonly words: Readonly<Record<Value, string>>;
  /** One that is not among them, or null, chooses none. */
  readonly value: string | null;
  readonly onChange: (value: Value) => void;
};

/** One of a few values, side by side. */
export function Segments<Value extends string>({ label, values, words, value, onChange }: SegmentsProps<Value>) {
  return (
    <fieldset className="flex w-fit rounded-box border bg-inset p-0.5">
      <legend className="sr-only">{label}</legend>
      {values.map((each) => (
        <BareButton
          key={each}
          type="button"
          aria-pressed={each === value}
          onClick={() => onChange(each)}
          className={classNames(
            "h-6 rounded-row px-2.5 outline-offset-[-2px] pointer-coarse:h-10 pointer-coarse:min-w-10",
            each === value ? "bg-panel font-medium shadow-[0_0_0_1px_var(--line-strong)]" : "text-muted hover:text-ink",
          )}
        >
          {words[each]}
        </BareButton>
      ))}
    </fieldset>
  );
}
