const plain = /^(\d*)(?:\.(\d*))?$/;
const inThousands = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/;
const withComma = /^\d*,\d+$/;

/**
 * A figure as people write it, as a plain decimal: `$1,250.50` is 1250.50, and `0,5` is a half, because half the world writes it so. A
 * comma before three digits separates thousands. null = not a figure.
 */
export function readDecimal(written: string): string | null {
  const text = written.trim().replace(/^\$\s*/, "");
  const [, whole = "", part = ""] = plain.exec(withPoint(text)) ?? [];
  if (whole === "" && part === "") return null;
  return `${whole || "0"}${part && `.${part}`}`;
}

function withPoint(text: string): string {
  if (inThousands.test(text)) return text.replaceAll(",", "");
  return withComma.test(text) ? text.replace(",", ".") : text;
}
