import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";

const control =
  "mt-1 block h-8 w-full min-w-0 rounded-box border border-line-strong bg-panel px-2.5 max-md:h-10 pointer-coarse:h-10 max-md:text-[16px] [&:is(select)]:px-2";

type FieldProps = { readonly label: string; readonly hint?: ReactNode; readonly className?: string };

/** A labelled line of text. */
export function TextField({ label, hint, className, ...input }: FieldProps & ComponentProps<"input">) {
  return (
    <label className={classNames("block min-w-0", className)}>
      <span className="text-meta text-muted">{label}</span>
      <input {...input} className={control} />
      {hint && <span className="mt-1 block text-faint text-meta">{hint}</span>}
    </label>
  );
}

/** A labelled choice of one. */
export function SelectField({ label, hint, className, children, ...select }: FieldProps & ComponentProps<"select">) {
  return (
    <label className={classNames("block min-w-0", className)}>
      <span className="text-meta text-muted">{label}</span>
      <select {...select} className={control}>
        {children}
      </select>
      {hint && <span className="mt-1 block text-faint text-meta">{hint}</span>}
    </label>
  );
}
