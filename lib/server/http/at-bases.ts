import type { Route } from "./route";

/** ResonantGenesis's pages disagree on the base address: serves the same routes under each of these. */
export function atBases(bases: readonly string[], routes: readonly Route[]): Route[] {
  return routes.flatMap((route) => bases.map((base) => ({ ...route, path: base + route.path })));
}
