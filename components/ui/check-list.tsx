import type { ReactNode } from "react";

type CheckListProps<T extends string> = {
  readonly title: string;
  readonly choices: readonly { readonly value: T; readonly words: string }[];
  readonly chosen: readonly T[];
  /** In the order of the choices. */
  readonly onChoose: (chosen: readonly T[]) => void;
  readonly children?: ReactNode;
};

/** Any of these, each with the word that the interface has for it. */
export function CheckList<T extends string>({ title, choices, chosen, onChoose, children }: CheckListProps<T>) {
  const toggle = (value: T) => onChoose(choices.map((choice) => choice.value).filter((each) => (each === value) !== chosen.includes(each)));
  return (
    <fieldset>
      <legend className="text-meta text-muted">{title}</legend>
      <div className="mt-1 divide-y rounded-box border">
        {choices.map(({ value, words }) => (
          <label key={value} className="flex h-8 items-center gap-2.5 px-2.5 hover:bg-hover pointer-coarse:h-11">
            <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} className="accent-(--accent)" />
            <span className="min-w-0 flex-1 truncate">{words}</span>
            <span className="font-code text-faint">{value}</span>
          </label>
        ))}
      </div>
      {children}
    </fieldset>
  );
}
