import { expect, type Page } from "@playwright/test";

/**
 * Opens a page and waits until React listens: a key that is pressed before is heard by nobody, and no person is as quick as a journey. Buttons
 * that nobody hears yet are marked (components/ui/use-in-browser.ts).
 */
export async function openAwake(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await untilAwake(page);
}

export async function untilAwake(page: Page): Promise<void> {
  await expect(page.locator("[data-waking]")).toHaveCount(0);
}
