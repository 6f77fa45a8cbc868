/** Token classes as people read them. */
export const classWords = {
  input: "Input",
  cachedRead: "Cached read",
  cachedWrite: "Cached write",
  cachedWrite1h: "Cached write, 1 hour",
  output: "Output",
  reasoning: "Reasoning",
} as const;

/** A price per million tokens as people write it: at least two decimals, and any further ones it has. */
export function priceText(rate: string): string {
  const [dollars = "0", decimals = ""] = rate.split(".");
  return `$${dollars}.${decimals.padEnd(2, "0")}`;
}
