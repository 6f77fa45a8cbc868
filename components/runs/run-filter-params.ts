import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { dialects } from "@/lib/core/dialect";
import { runStatuses } from "@/lib/core/run/status";
import { runSorts } from "@/lib/core/run-query/run-sort";

/** The filters of the list of runs as the address writes them, for the server and the browser. */
export const runFilterParams = {
  status: parseAsStringLiteral(runStatuses),
  dialect: parseAsStringLiteral(dialects),
  source: parseAsString,
  environment: parseAsString,
  agent: parseAsString,
  model: parseAsString,
  session: parseAsString,
  cost: parseAsString,
  tokens: parseAsString,
  duration: parseAsString,
  since: parseAsString,
  q: parseAsString,
  sort: parseAsStringLiteral(runSorts),
};
