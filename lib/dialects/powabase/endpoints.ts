import { stringifyExact } from "../../core/exact-json";
import type { JsonObject } from "../../core/json";
import { defined } from "../shared";
import type { SentDecision, SourceEndpoints } from "../shared/source-endpoints";

/**
 * Its endpoint accepts yes or no. It cannot express edited arguments, and a yes would run the original request, so an edit is sent as a no
 * that says which arguments were approved.
 */
function bodyOf({ decision, comment, editedArguments }: SentDecision): JsonObject {
  if (decision === "edit")
    return { approved: false, reason: `Approved only with these arguments: ${stringifyExact(editedArguments ?? null)}` };
  const approved = decision === "approve" || decision === "answer";
  return defined({ approved, reason: decision === "timeout" ? "Approval timed out" : comment }) as JsonObject;
}

export const powabaseEndpoints: SourceEndpoints = {
  headers: (token) => ({ authorization: `Bearer ${token}`, apikey: token }),
  actions: [],
  decide: (decision) => ({ path: `/api/agents/runs/${encodeURIComponent(decision.runId)}/approve`, body: bodyOf(decision) }),
  probe: "/api/health",
  // A workflow's `done` has its execution's id; no block before it does.
  namesRunLast: (url) => url.pathname.endsWith("/execute/stream"),
};
