/** Token classes with a price of their own. */
export const priceClasses = ["input", "output", "cachedRead", "cachedWrite", "reasoning"] as const;
export type PriceClass = (typeof priceClasses)[number];

/**
 * Prices in nano-dollars per million tokens, whole numbers: nine decimals of a dollar. A class without its own price is charged as its
 * parent: cached tokens as input, reasoning as output.
 */
export type Rates = {
  readonly input: number;
  readonly output: number;
  readonly cachedRead: number | null;
  readonly cachedWrite: number | null;
  readonly reasoning: number | null;
};

/** Tokens by class: input without cached tokens, output including reasoning. */
export type PricedTokens = {
  readonly input: number;
  readonly cachedRead: number;
  readonly cachedWrite: number;
  readonly output: number;
  readonly reasoning: number;
};

/** No vendor charges a million dollars per million tokens. */
const mostDollars = 1_000_000;
const written = /^(\d{1,7})(?:\.(\d{1,9}))?$/;

/** Dollars per million tokens as people write them, exactly; null if it is not a price. */
export function rateOf(text: string): number | null {
  const found = written.exec(text.trim());
  if (!found) return null;
  const [, whole = "0", part = ""] = found;
  if (Number(whole) > mostDollars || (Number(whole) === mostDollars && Number(part) > 0)) return null;
  return Number(whole) * 1_000_000_000 + Number(part.padEnd(9, "0"));
}

/** The price in dollars per million tokens as a decimal without trailing zeros. */
export function rateText(rate: number): string {
  const part = String(rate % 1_000_000_000)
    .padStart(9, "0")
    .replace(/0+$/, "");
  const whole = String(Math.floor(rate / 1_000_000_000));
  return part === "" ? whole : `${whole}.${part}`;
}

/** Tokens of one class and the rate they are charged at. */
export type PricePart = { readonly class: PriceClass | "cachedWrite1h"; readonly tokens: number; readonly rate: number };

/** Each class at its own price, or at its parent's; null if the counts contradict each other. */
export function priceParts(rates: Rates, tokens: PricedTokens): readonly PricePart[] | null {
  const reasoning = rates.reasoning === null ? 0 : tokens.reasoning;
  if (reasoning > tokens.output) return null;
  return [
    { class: "input", tokens: tokens.input, rate: rates.input },
    { class: "cachedRead", tokens: tokens.cachedRead, rate: rates.cachedRead ?? rates.input },
    { class: "cachedWrite", tokens: tokens.cachedWrite, rate: rates.cachedWrite ?? rates.input },
    { class: "output", tokens: tokens.output - reasoning, rate: rates.output },
    { class: "reasoning", tokens: reasoning, rate: rates.reasoning ?? rates.output },
  ];
}

/** The cost of these parts in nano-dollars: the exact sum, rounded once, half up. null if it is too large to count. */
export function partsNanos(parts: readonly PricePart[]): number | null {
  const sum = parts.reduce((all, { tokens, rate }) => all + BigInt(tokens) * BigInt(rate), 0n);
  const nanos = Number((sum + 500_000n) / 1_000_000n);
  return Number.isSafeInteger(nanos) ? nanos : null;
}

/** The cost of these tokens in nano-dollars. null if the counts contradict each other or the cost is too large to count. */
export function pricedNanos(rates: Rates, tokens: PricedTokens): number | null {
  const parts = priceParts(rates, tokens);
  return parts && partsNanos(parts);
}
