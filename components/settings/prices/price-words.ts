import { readDecimal } from "@/lib/core/format/read-decimal";
import type { EffectivePrice } from "@/lib/core/prices/effective-price";
import type { NewPrice } from "@/lib/core/prices/price";
import { priceClasses, rateOf } from "@/lib/core/prices/rates";

/** As the tables show them: what came in, then what went out. */
export const shownClasses = ["input", "cachedRead", "cachedWrite", "output", "reasoning"] as const;

/** Of a model's prices, what a narrow table has room for; its own form shows the rest. */
export const onPhone: ReadonlySet<string> = new Set(["input", "output"]);

export type WrittenPrice = Readonly<Record<(typeof priceClasses)[number] | "model" | "provider" | "validFrom", string>>;

export const emptyPrice: WrittenPrice = {
  ...{ model: "", provider: "", validFrom: "" },
  ...{ input: "", output: "", cachedRead: "", cachedWrite: "", reasoning: "" },
};

/** What was written as a price; null while it is none. */
export function priceFrom(written: WrittenPrice): NewPrice | null {
  const rates = Object.fromEntries(priceClasses.map((each) => [each, readDecimal(written[each]) ?? written[each].trim()])) as Record<
    (typeof priceClasses)[number],
    string
  >;
  const wrong = priceClasses.some((each) => (rates[each] === "" ? each === "input" || each === "output" : rateOf(rates[each]) === null));
  if (wrong || written.model.trim() === "") return null;
  const orNull = (text: string) => (text === "" ? null : text);
  return {
    model: written.model.trim(),
    provider: orNull(written.provider.trim()),
    input: rates.input,
    output: rates.output,
    cachedRead: orNull(rates.cachedRead),
    cachedWrite: orNull(rates.cachedWrite),
    reasoning: orNull(rates.reasoning),
    validFrom: written.validFrom === "" ? null : new Date(`${written.validFrom}T00:00:00Z`).toISOString(),
  };
}

/** The price that holds now, to begin a new one from. */
export function writtenFrom(model: string, price: EffectivePrice | null): WrittenPrice {
  const text = (rate: string | null | undefined) => rate ?? "";
  return {
    ...emptyPrice,
    model,
    ...Object.fromEntries(priceClasses.map((each) => [each, text(price?.[each])])),
  };
}
