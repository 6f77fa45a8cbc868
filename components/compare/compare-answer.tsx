import { useMemo } from "react";
import { SafeText } from "@/components/ui/safe-text";
import { diffWords, type WordPiece } from "@/lib/core/compare/diff-words";
import type { TranscriptEntry } from "@/lib/core/run/transcript-state";
import { SideMark } from "./compare-figures";

type CompareAnswerProps = { readonly a: TranscriptEntry | null; readonly b: TranscriptEntry | null };

/** The last words of both runs beside each other, with the words that differ marked. */
export function CompareAnswer({ a, b }: CompareAnswerProps) {
  const diff = useMemo(() => diffWords(a?.text ?? "", b?.text ?? ""), [a?.text, b?.text]);
  const equal = a !== null && b !== null && a.text === b.text;
  return (
    <div className="h-full overflow-y-auto px-4 py-3">
      <p role="status" className="mb-2 text-muted">
        {equal ? "Both gave the same answer." : summaryOf(a, b, diff.pieces)}
        {diff.isCut && ` Compared up to character ${diff.comparedChars.toLocaleString("en")}.`}
      </p>
      <div className="grid gap-3 md:grid-cols-2">
        <Side side="A" entry={a} pieces={diff.pieces} />
        <Side side="B" entry={b} pieces={diff.pieces} />
      </div>
    </div>
  );
}

function summaryOf(a: TranscriptEntry | null, b: TranscriptEntry | null, pieces: readonly WordPiece[]): string {
  if (!a && !b) return "Neither run has answered yet.";
  if (!a || !b) return `Only ${a ? "A" : "B"} has given an answer.`;
  const shared = pieces.filter((piece) => piece.in === "both").reduce((sum, { text }) => sum + text.length, 0);
  return `${Math.round((shared / Math.max(a.text.length, b.text.length)) * 100)} % of the longer answer is in both.`;
}

type SideProps = { readonly side: "A" | "B"; readonly entry: TranscriptEntry | null; readonly pieces: readonly WordPiece[] };

function Side({ side, entry, pieces }: SideProps) {
  const own = side === "A" ? "a" : "b";
  return (
    <section aria-label={`Answer of ${side}`} className="min-w-0 rounded-box border bg-inset">
      <h2 className="flex h-8 items-center border-b px-3 text-meta text-muted">
        <SideMark side={side} />
        {entry?.agent ? <SafeText text={entry.agent.slice(0, 80)} /> : "Answer"}
        {entry?.open && <span className="ml-2 text-running">still answering</span>}
      </h2>
      {entry === null ? (
        <p className="px-3 py-2.5 text-faint">No answer.</p>
      ) : (
        <p className="whitespace-pre-wrap break-words px-3 py-2.5 [overflow-wrap:anywhere]" dir="auto">
          {placed(pieces).map(({ piece, at }) => {
            if (piece.in !== "both" && piece.in !== own) return null;
            const text = <SafeText text={piece.text} />;
            if (piece.in === "both") return <span key={at}>{text}</span>;
            const Marked = own === "a" ? "del" : "ins";
            return (
              <Marked key={at} className="rounded-[2px] bg-selected no-underline decoration-0 shadow-[inset_0_-1.5px_var(--accent)]">
                {text}
              </Marked>
            );
          })}
          {entry.cutChars > 0 && <span className="text-faint"> +{entry.cutChars.toLocaleString("en")} characters not kept here</span>}
        </p>
      )}
    </section>
  );
}

/** Each piece with where it begins: its name for as long as the texts stay. */
function placed(pieces: readonly WordPiece[]): readonly { readonly piece: WordPiece; readonly at: number }[] {
  let at = 0;
  return pieces.map((piece) => {
    const placedPiece = { piece, at };
    at += piece.text.length;
    return placedPiece;
  });
}
