import { SafeText } from "./safe-text";

const shownChars = 80;

/** An id or address that was asked for and leads nowhere: as it was written, its beginning when it is long. */
export function Sought({ text }: { readonly text: string }) {
  return (
    <span className="break-all font-code">
      <SafeText text={text.slice(0, shownChars)} />
      {text.length > shownChars && "…"}
    </span>
  );
}
