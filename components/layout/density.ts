export type Density = "compact" | "comfortable";

/** A cookie, not local storage: the server paints the right rows at once. */
export const densityCookie = "watchfloor_density";
const yearSeconds = 31_536_000;

export function readDensity(): Density {
  return document.documentElement.dataset.density === "comfortable" ? "comfortable" : "compact";
}

export function setDensity(density: Density): void {
  document.documentElement.dataset.density = density;
  // Not the Cookie Store: it is missing where the page is not on https.
  const page: { cookie: string } = document;
  page.cookie = `${densityCookie}=${density}; Path=/; Max-Age=${yearSeconds}; SameSite=Lax`;
}

/** From compact to comfortable rows, and back. */
export function switchDensity(): void {
  setDensity(readDensity() === "compact" ? "comfortable" : "compact");
}
