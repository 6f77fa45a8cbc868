import { z } from "zod";
import { dialects } from "../dialect";
import { canonicalTypes } from "../events/canonical";
import { runStatuses } from "../run/status";

/** The domain's closed lists as schemas. Separate from the lists, so that a page that only shows the words does not load zod. */
export const Dialect = z.enum(dialects);
export const RunStatus = z.enum(runStatuses);
export const CanonicalType = z.enum(canonicalTypes);
