import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, type Page } from "@playwright/test";

/** A thing on the page: what it is, where it stands in px, and in which colours. */
type Placed = {
  readonly what: string;
  readonly box: readonly [x: number, y: number, width: number, height: number];
  readonly ink: string;
  readonly ground: string;
};

const folder = join(import.meta.dirname, "..", "layouts");
/** Versions of Chromium round text and hairlines otherwise; more than this a person sees. */
const tolerancePx = 6;

/**
 * Compares where things stand, and in which colours, with the stored baseline; `UPDATE_LAYOUTS=1` writes it anew.
 * Why boxes and not pixels: docs/decisions/0014-layouts-as-boxes.md.
 */
export async function expectLayout(page: Page, name: string): Promise<void> {
  const placed = await page.evaluate(readLayout);
  const path = join(folder, `${name}.txt`);
  if (process.env.UPDATE_LAYOUTS === "1" || !existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${placed.map(lineOf).join("\n")}\n`);
    if (process.env.UPDATE_LAYOUTS !== "1") throw new Error(`there was no baseline ${path}: look at the page, then keep it`);
    return;
  }
  const kept = readFileSync(path, "utf8").trim().split("\n").map(placedOf);
  expect(
    placed.map(({ what }) => what),
    `${name}: what is there`,
  ).toEqual(kept.map(({ what }) => what));
  const moved = placed.flatMap((now, index) => {
    const before = kept[index] as Placed;
    const isMoved = now.box.some((value, side) => Math.abs(value - (before.box[side] as number)) > tolerancePx);
    return isMoved || now.ink !== before.ink || now.ground !== before.ground ? [`${lineOf(before)}  is now  ${lineOf(now)}`] : [];
  });
  expect(moved, `${name}: where it stands`).toEqual([]);
}

function lineOf({ what, box, ink, ground }: Placed): string {
  return `${what} | ${box.join(" ")} | ${ink} on ${ground}`;
}

function placedOf(line: string): Placed {
  const [what = "", box = "", colours = ""] = line.split(" | ");
  const [ink = "", ground = ""] = colours.split(" on ");
  return { what, box: box.split(" ").map(Number) as unknown as Placed["box"], ink, ground };
}

/** Runs in the page. Numbers are no part of a name: they tell time. */
function readLayout(): Placed[] {
  const selector =
    "nav, h1, h2, header, table, [role=table], [role=treegrid], [role=grid], [role=log], [role=columnheader], th[scope=col], [role=tab], " +
    "[role=row], [role=slider], main button, main a, main input, dt";
  const longest = 40;
  const mostThings = 70;
  const seen: Placed[] = [];
  for (const element of document.querySelectorAll<HTMLElement>(selector)) {
    const { x, y, width, height } = element.getBoundingClientRect();
    const inSight = width > 2 && height > 2 && x < innerWidth && y < innerHeight && x + width > 0 && y + height > 0;
    if (!inSight || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const said = element.getAttribute("aria-label") ?? (/^(NAV|HEADER|TABLE)$/.test(element.tagName) ? "" : element.innerText);
    // It stands behind an id, which is another one each time.
    if (said.startsWith("Copy ")) continue;
    const name = said
      .replaceAll(/\s+/g, " ")
      .replaceAll(/[\d,.]+/g, "#")
      .replaceAll("|", "/")
      .trim()
      .slice(0, longest);
    const { color, backgroundColor } = getComputedStyle(element);
    const rounded = (colour: string) => colour.replaceAll(/-?\d+\.\d+/g, (part) => String(Math.round(Number(part) * 10) / 10));
    const box = [x, y, width, height].map(Math.round) as [number, number, number, number];
    seen.push({
      what: `${element.getAttribute("role") ?? element.tagName.toLowerCase()} ${name}`.trim(),
      box,
      ink: rounded(color),
      ground: rounded(backgroundColor),
    });
    if (seen.length >= mostThings) break;
  }
  return seen;
}
