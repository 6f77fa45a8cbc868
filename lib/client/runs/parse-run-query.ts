import { type Dialect, dialects } from "@/lib/core/dialect";
import { type RunStatus, runStatuses } from "@/lib/core/run/status";
import type { RunFilters } from "./run-filters";

const term = /(\w+):(?:"([^"]*)"|(\S+))/g;

/**
 * Reads `status:failed agent:"data analyst" sales`: known terms become filters, the rest stays free text. A term with a
 * word that no filter knows stays text, so that nothing typed is lost.
 */
export function parseRunQuery(text: string): Partial<RunFilters> {
  const found: { status?: RunStatus; dialect?: Dialect; agent?: string; q?: string | null } = {};
  const rest = text.replace(term, (whole, key: string, quoted: string | undefined, bare: string | undefined) => {
    const value = quoted ?? bare ?? "";
    const status = runStatuses.find((each) => each === value.toLowerCase());
    const dialect = dialects.find((each) => each === value.toLowerCase());
    if (key === "status" && status) found.status = status;
    else if ((key === "source" || key === "dialect") && dialect) found.dialect = dialect;
    else if (key === "agent" && value) found.agent = value;
    else return whole;
    return "";
  });
  found.q = rest.replace(/\s+/g, " ").trim() || null;
  return found;
}
