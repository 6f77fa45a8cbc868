import { classNames } from "./class-names";
import { SafeText } from "./safe-text";

const tailChars = 8;
/** What names are made of that programs give: nothing hides in them, and they are read from left to right. */
const identifier = /^[\x21-\x7e]{18,}$/;

/** A name where it may not fit. One that a program gave loses its middle there, as those of one system often differ in their ends only. */
export function FittedName({ name, className }: { readonly name: string; readonly className?: string }) {
  if (!identifier.test(name)) return <SafeText text={name} className={classNames("truncate", className)} />;
  return (
    <span className={classNames("flex min-w-0", className)}>
      <span className="sr-only">{name}</span>
      <span aria-hidden className="truncate">
        {name.slice(0, -tailChars)}
      </span>
      <span aria-hidden className="shrink-0">
        {name.slice(-tailChars)}
      </span>
    </span>
  );
}
