import type { Rates } from "./rates";

/** A price set by the project. */
export type PriceRule = Rates & {
  readonly id: string;
  /** A model's name; `*` matches any characters. Case-insensitive. */
  readonly model: string;
  /** Only for events that name this provider; null = for all. */
  readonly provider: string | null;
  /** The first moment that it applies to, epoch milliseconds; 0 = always. */
  readonly validFromMs: number;
};

export type PriceQuestion = { readonly model: string; readonly provider: string | undefined; readonly atMs: number };

/** More names than a project uses; beyond it they are looked up again. */
const mostRemembered = 2_000;

/**
 * The project's own prices. If several match, the one that names the provider wins, then the one whose pattern is most specific, then the
 * one with the latest start.
 */
export class PriceBook {
  readonly #rules: readonly PriceRule[];
  readonly #fits = new Map<string, readonly PriceRule[]>();

  constructor(rules: readonly PriceRule[]) {
    this.#rules = [...rules].sort(byPrecedence);
  }

  get rules(): readonly PriceRule[] {
    return this.#rules;
  }

  /** A model's price at a moment; null if the project set none. */
  ruleFor({ model, provider, atMs }: PriceQuestion): PriceRule | null {
    if (this.#rules.length === 0) return null;
    return this.#fitting(model.toLowerCase(), provider?.toLowerCase() ?? null).find((rule) => rule.validFromMs <= atMs) ?? null;
  }

  #fitting(model: string, provider: string | null): readonly PriceRule[] {
    const key = `${provider ?? ""}\n${model}`;
    const known = this.#fits.get(key);
    if (known) return known;
    const found = this.#rules.filter(
      (rule) => (rule.provider === null || rule.provider.toLowerCase() === provider) && matchesModel(rule.model, model),
    );
    if (this.#fits.size < mostRemembered) this.#fits.set(key, found);
    return found;
  }
}

export const emptyPriceBook = new PriceBook([]);

/** Whether a name matches a pattern in which `*` is any characters. No regular expression: patterns come from outside. */
export function matchesModel(pattern: string, name: string): boolean {
  const [first = "", ...rest] = pattern.toLowerCase().split("*");
  const text = name.toLowerCase();
  if (rest.length === 0) return text === first;
  const last = rest.pop() ?? "";
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

function byPrecedence(a: PriceRule, b: PriceRule): number {
  return (
    Number(b.provider !== null) - Number(a.provider !== null) ||
    Number(a.model.includes("*")) - Number(b.model.includes("*")) ||
    b.model.replaceAll("*", "").length - a.model.replaceAll("*", "").length ||
    b.validFromMs - a.validFromMs ||
    (a.id < b.id ? 1 : -1)
  );
}
