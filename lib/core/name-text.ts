import { z } from "zod";

type Length = { readonly min?: number; readonly max: number };

/** What people write to call something or to say about it: U+0000 and half a character, which no database holds, are refused where they stand. */
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
