"use client";
import { useState } from "react";
import { splitHidden, type TextPiece } from "@/lib/core/format/hidden-characters";
import { BareButton } from "./bare-button";

type SafeTextProps = {
  readonly text: string;
  /** Clamp to this many characters, with a button for the rest. */
  readonly clamp?: number;
  readonly className?: string;
};

/** Untrusted words as plain text; what would hide in them (bidi, zero-width, control characters) stands there as a chip. */
export function SafeText({ text, clamp, className }: SafeTextProps) {
  const [open, setOpen] = useState(false);
  const cut = clamp !== undefined && !open && text.length > clamp ? wholeCharacters(text, clamp) : text.length;
  const rest = text.length - cut;
  return (
    <span className={className} style={{ unicodeBidi: "isolate" }}>
      {keyed(splitHidden(text.slice(0, cut))).map(({ key, piece }) =>
        piece.kind === "text" ? <span key={key}>{piece.text}</span> : <HiddenChip key={key} {...piece} />,
      )}
      {(rest > 0 || (open && clamp !== undefined && text.length > clamp)) && (
        <BareButton className="ml-1 rounded-row px-1 text-accent text-meta hover:bg-hover" onClick={() => setOpen(!open)}>
          {open ? "less" : `+${rest.toLocaleString("en")} ${rest === 1 ? "character" : "characters"}`}
        </BareButton>
      )}
    </span>
  );
}

function HiddenChip({ name, code }: { readonly name: string; readonly code: string }) {
  return (
    <span
      title={`hidden character ${code}`}
      className="tint mx-px inline-block rounded-row px-0.5 align-baseline font-mono text-[10px] text-stalled leading-[14px]"
    >
      {name}
    </span>
  );
}

/** Never between the halves of a surrogate pair. */
function wholeCharacters(text: string, length: number): number {
  const code = text.charCodeAt(length - 1);
  return code >= 0xd800 && code <= 0xdbff ? length - 1 : length;
}

/** Pieces are told apart by where they begin. */
function keyed(pieces: readonly TextPiece[]): readonly { readonly key: number; readonly piece: TextPiece }[] {
  let at = 0;
  return pieces.map((piece) => {
    const key = at;
    at += piece.kind === "text" ? piece.text.length : 1;
    return { key, piece };
  });
}
