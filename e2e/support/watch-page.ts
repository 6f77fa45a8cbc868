import type { BrowserContext, Page } from "@playwright/test";

/** What pages of this context did that no text may make them do. */
export type Watched = { readonly foreign: string[]; readonly complaints: string[] };

declare global {
  // Set by hostile text, if any of it runs.
  var hostileTextRan: unknown;
  var policyViolations: string[] | undefined;
}

/** Notes each request to another origin, each dialog and popup, and each complaint of the content security policy. */
export async function watchContext(context: BrowserContext, origin: string): Promise<Watched> {
  const watched: Watched = { foreign: [], complaints: [] };
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(?:data|blob|about):/.test(url)) watched.foreign.push(url);
  });
  context.on("page", (page) => watch(page, watched));
  await context.addInitScript(() => {
    globalThis.policyViolations = [];
    document.addEventListener("securitypolicyviolation", (event) =>
      globalThis.policyViolations?.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
    );
  });
  return watched;
}

function watch(page: Page, { complaints }: Watched): void {
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("popup", (popup) => complaints.push(`popup: ${popup.url()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.stack ?? error.message}`));
}

/** What stands on the page that should not: scripts that ran, policy violations, links that are code, content wider than the screen. */
export function troubleOn(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const trouble = [...(globalThis.policyViolations ?? [])].map((violation) => `policy: ${violation}`);
    if (globalThis.hostileTextRan !== undefined) trouble.push("a script in a text ran");
    for (const link of document.querySelectorAll<HTMLAnchorElement>("a[href]"))
      if (link.origin !== location.origin) trouble.push(`link: ${link.href.slice(0, 100)}`);
    for (const box of [document.documentElement, document.body])
      if (box.scrollWidth > box.clientWidth) trouble.push(`${box.tagName} is ${box.scrollWidth - box.clientWidth} px too wide`);
    const scrolls = (element: Element) => {
      for (let up = element.parentElement; up; up = up.parentElement)
        if (/auto|scroll/.test(getComputedStyle(up).overflowX) && up.matches("main *")) return true;
      return false;
    };
    for (const control of document.querySelectorAll("button, a[href], input")) {
      const { right, width } = control.getBoundingClientRect();
      if (width > 0 && right > innerWidth + 1 && !scrolls(control))
        trouble.push(`out of reach: ${control.getAttribute("aria-label") ?? control.textContent?.slice(0, 60)}`);
    }
    return trouble;
  });
}
