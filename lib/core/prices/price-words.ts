/** Classes of tokens as people read them. */
export const classWords = {
  input: "Input",
  cachedRead: "Cached read",
  cachedWrite: "Cached write",
  cachedWrite1h: "Cached write, 1 hour",
  output: "Output",
  reasoning: "Reasoning",
} as const;

/** A price for a million tokens as people write one: two decimals at least, and whatever it has beyond them. */
export function priceText(rate: string): string {
  const [dollars = "0", decimals = ""] = rate.split(".");
  return `$${dollars}.${decimals.padEnd(2, "0")}`;
}
