import type { CanonicalType } from "../../core/events/canonical";
import type { CatalogueEntry } from "./catalogue-entry";

export type CatalogueRow = readonly [type: string, canonical: CanonicalType, description: string, storedAs?: string];

/** Entries of one category and one origin. */
export function catalogueOf(origin: CatalogueEntry["origin"], category: string, rows: readonly CatalogueRow[]): readonly CatalogueEntry[] {
  return rows.map(([type, canonical, description, storedAs]) => ({
    type,
    canonical,
    category,
    description,
    origin,
    ...(storedAs === undefined ? {} : { storedAs }),
  }));
}
