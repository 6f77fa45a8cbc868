import { z } from "zod";

type Length = { readonly min?: number; readonly max: number };

/** A name or note that people write. Rejects U+0000 and lone surrogates, which no database stores, where they occur. */
export function nameText({ min = 1, max }: Length) {
  return z
    .string()
    .trim()
    .min(min)
    .max(max)
    .refine(
      (text) => !text.includes("\u0000") && text.isWellFormed(),
      "It contains characters that cannot be stored: U+0000 or an unpaired surrogate.",
    );
}
