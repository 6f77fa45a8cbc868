import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

type Rgb = readonly [number, number, number];
type Colour = { readonly rgb: Rgb; readonly alpha: number };

const css = readFileSync("app/styles/colours.css", "utf8");
const utilities = readFileSync("app/styles/utilities.css", "utf8");

/** The custom properties of one theme, as linear sRGB. */
function theme(selector: string): ReadonlyMap<string, Colour> {
  const block = css.slice(css.indexOf(`${selector} {`)).split("}")[0] ?? "";
  const found = [...block.matchAll(/--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)(?: \/ ([\d.]+))?\);/g)];
  return new Map(
    found.map(([, name = "", l, c, h, alpha]) => [name, { rgb: linearRgb(Number(l), Number(c), Number(h)), alpha: Number(alpha ?? 1) }]),
  );
}

/** Björn Ottosson's matrices for Oklab. */
function linearRgb(lightness: number, chroma: number, hue: number): Rgb {
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((part) => Math.min(1, Math.max(0, part))) as unknown as Rgb;
}

const encode = (part: number) => (part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055);
const decode = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);

/** A see-through colour over another, as the browser mixes them. */
function over(top: Colour, ground: Colour): Colour {
  const rgb = top.rgb.map((part, i) => decode(encode(part) * top.alpha + encode(ground.rgb[i] as number) * (1 - top.alpha)));
  return { rgb: rgb as unknown as Rgb, alpha: 1 };
}

const luminance = ({ rgb: [r, g, b] }: Colour) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

function contrast(a: Colour, b: Colour): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

describe.each([":root", ".dark"])("colours of %s", (selector) => {
  const colours = theme(selector);
  const of = (name: string) => colours.get(name) as Colour;
  const marks = [...colours.keys()].filter((name) => name.startsWith("kind-") || name.startsWith("status-"));

  it("tell kinds and statuses apart from every ground they stand on: 3 to 1, also on selected and touched rows (WCAG 1.4.11)", () => {
    expect(marks.length).toBeGreaterThan(12);
    for (const base of ["panel", "ground", "inset"]) {
      for (const tinted of [of(base), over(of("selected"), of(base)), over(of("hover"), of(base))]) {
        for (const name of marks) expect([name, base, contrast(of(name), tinted) >= 3]).toEqual([name, base, true]);
      }
    }
  });

  // A little more than asked for: browsers mix and round in steps of 1/255.
  it("keep the words of a status readable on its own tint, on panels and beside the page (WCAG 1.4.3)", () => {
    const tint = Number(/@utility tint \{[^}]*currentColor (\d+)%/.exec(utilities)?.[1]) / 100;
    expect(tint).toBeGreaterThan(0);
    for (const name of marks.filter((one) => one.startsWith("status-"))) {
      for (const base of ["panel", "ground"]) {
        const grounded = over({ ...of(name), alpha: tint }, of(base));
        expect([name, base, contrast(of(name), grounded) >= 4.55]).toEqual([name, base, true]);
      }
    }
  });

  it("keep words readable: 4.5 to 1 for ink, muted and faint text (WCAG 1.4.3)", () => {
    for (const name of ["ink", "muted", "faint"]) {
      for (const base of ["panel", "ground", "inset"])
        expect([name, base, contrast(of(name), of(base)) >= 4.5]).toEqual([name, base, true]);
    }
  });
});
