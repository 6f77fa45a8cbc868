/**
 * Letters of other alphabets that look like a Latin one, in lower case; within Latin, those that a plain typeface hardly distinguishes. It
 * protects people's names and is not the full Unicode confusables table; accents are removed first.
 */
const drawnAs: Readonly<Record<string, string>> = {
  ...{ а: "a", в: "b", е: "e", з: "3", і: "l", ј: "j", к: "k", м: "m", н: "h", о: "o", р: "p", с: "c", т: "t" },
  ...{ у: "y", х: "x", ѕ: "s", ԁ: "d", һ: "h", ӏ: "l", ԛ: "q", ԝ: "w", ѵ: "v", г: "r", п: "n", ь: "b" },
  ...{ α: "a", β: "b", ε: "e", η: "n", ι: "l", κ: "k", μ: "u", ν: "v", ο: "o", ρ: "p", τ: "t", υ: "u", χ: "x", γ: "y", σ: "o", ω: "w" },
  ...{ օ: "o", ո: "n", ս: "u", ց: "g", հ: "h", յ: "j" },
  ...{ i: "l", ı: "l", "1": "l", "|": "l", "!": "l", "0": "o", "5": "s", ø: "o", ł: "l", đ: "d", ɑ: "a", ɡ: "g" },
};

/** How a name looks to a hurried reader: two names of the same likeness look the same. */
export function likeness(name: string): string {
  const plain = name
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/[\u0300-\u036f]/g, "");
  const drawn = [...plain].map((letter) => drawnAs[letter] ?? letter).join("");
  return drawn
    .replaceAll("rn", "m")
    .replaceAll("vv", "w")
    .replaceAll(/[\s\p{P}\p{S}]+/gu, " ")
    .trim();
}
