import { shortenMiddle } from "@/lib/core/format/shorten-middle";
import { classNames } from "./class-names";
import { CopyButton } from "./copy-button";
import { SafeText } from "./safe-text";

type ShortIdProps = {
  readonly id: string;
  /** "run id". */
  readonly what: string;
  readonly length?: number;
  readonly className?: string;
};

/** A finger reaches it beside its drawing, too. */
const fingerSized = "relative pointer-coarse:after:absolute pointer-coarse:after:-inset-2.5 pointer-coarse:after:content-['']";

/** An id, shortened in its middle, copied whole. */
export function ShortId({ id, what, length = 18, className }: ShortIdProps) {
  return (
    <span className={classNames("inline-flex min-w-0 items-center gap-0.5", className)}>
      <span className="truncate font-code" title={id}>
        <SafeText text={shortenMiddle(id, length)} />
      </span>
      <CopyButton text={id} what={what} className={fingerSized} />
    </span>
  );
}
