import type { Page } from "@playwright/test";

/** Remembers the page's document; the answer throws when it was loaded anew since. */
export async function rememberDocument(page: Page): Promise<() => Promise<void>> {
  const document = await page.evaluateHandle(() => globalThis.document);
  return async () => {
    if (!(await document.evaluate((kept) => kept === globalThis.document))) throw new Error("the page was loaded anew");
  };
}
