/**
 * Where a client wants to resume: a bare sequence, or a stream id `<milliseconds>-<n>` whose n is our sequence. null if it is neither,
 * which Shannon answers with 400.
 */
export function parseShannonResume(text: string): { readonly afterSeq: number } | null {
  const digits = /^(?:\d{1,16}-)?(\d{1,16})$/.exec(text.trim())?.[1];
  const afterSeq = Number(digits);
  return digits !== undefined && Number.isSafeInteger(afterSeq) ? { afterSeq } : null;
}
