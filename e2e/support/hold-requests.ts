import type { Page, Route } from "@playwright/test";

/** Holds what the page asks of these addresses until it is let go; `then` = what becomes of it. */
export async function holdRequests(
  page: Page,
  url: Parameters<Page["route"]>[0],
  then: "continue" | "abort" = "continue",
): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(url, async (route: Route) => {
    await held;
    await route[then]();
  });
  return release;
}
