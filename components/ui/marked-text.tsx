import { SafeText } from "./safe-text";

type MarkedTextProps = {
  readonly text: string;
  /** With the flag `g`: what of the text stands out; null = nothing. */
  readonly marked: RegExp | null;
};

/** Untrusted words, some of which stand out. */
export function MarkedText({ text, marked }: MarkedTextProps) {
  const parts = marked === null ? [] : partsOf(text, marked);
  if (parts.length === 0) return <SafeText text={text} />;
  return parts.map(({ at, part, isMarked }) =>
    isMarked ? (
      <mark key={at} className="rounded-row bg-selected text-accent">
        <SafeText text={part} />
      </mark>
    ) : (
      <SafeText key={at} text={part} />
    ),
  );
}

function partsOf(text: string, marked: RegExp) {
  const parts: { readonly at: number; readonly part: string; readonly isMarked: boolean }[] = [];
  let from = 0;
  for (const { index, 0: hit } of text.matchAll(marked)) {
    if (index > from) parts.push({ at: from, part: text.slice(from, index), isMarked: false });
    parts.push({ at: index, part: hit, isMarked: true });
    from = index + hit.length;
  }
  if (from > 0 && from < text.length) parts.push({ at: from, part: text.slice(from), isMarked: false });
  return parts;
}
