export type Tone = "plain" | "dim" | "good" | "bad" | "wait" | "accent";
/** Wraps text in a tone; the plain palette gives it back unchanged. */
export type Palette = (tone: Tone, text: string) => string;

/** SGR parameters, 16-colour set: legible on light and dark terminals. */
const codes: Record<Exclude<Tone, "plain">, readonly [open: string, close: string]> = {
  dim: ["2", "22"],
  good: ["32", "39"],
  bad: ["31", "39"],
  wait: ["33", "39"],
  accent: ["36", "39"],
};

export const plainPalette: Palette = (_tone, text) => text;

export const colourPalette: Palette = (tone, text) => {
  if (tone === "plain" || text === "") return text;
  const [open, close] = codes[tone];
  return `\u001b[${open}m${text}\u001b[${close}m`;
};

/** Colours only on a terminal, and never where NO_COLOR is set to something (https://no-color.org). */
export function choosePalette(isTTY: boolean, env: Readonly<Record<string, string | undefined>>): Palette {
  return isTTY && !env.NO_COLOR && env.TERM !== "dumb" ? colourPalette : plainPalette;
}
