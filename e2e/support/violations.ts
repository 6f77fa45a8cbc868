import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

type Look = {
  /** A selector; else the whole page. */
  readonly within?: string;
  /** These rules alone. */
  readonly only?: readonly string[];
  /** All rules but these. */
  readonly except?: readonly string[];
  /** From this impact on; else every violation counts. */
  readonly serious?: boolean;
};

/** What assistive technology would stumble over: a line for each place, its rule first. */
export async function violationsOf(page: Page, { within, only, except, serious = false }: Look = {}): Promise<readonly string[]> {
  // Without a page of its own for each look, and without an account of what is well: a fifth of the time. Our pages have no frames.
  const builder = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] });
  if (within !== undefined) builder.include(within);
  if (only) builder.withRules([...only]);
  if (except) builder.disableRules([...except]);
  const { violations } = await builder.analyze();
  return violations
    .filter(({ impact }) => !serious || impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.slice(0, 5).map((node) => `${id}: ${node.html.slice(0, 160)} (${node.any[0]?.message ?? ""})`));
}
