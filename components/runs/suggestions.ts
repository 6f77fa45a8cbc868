/** What completes a query, in one piece, so that it is loaded as one. */
export { completeRunQuery } from "@/lib/core/run-query/complete-run-query";
export { SuggestionList } from "./suggestion-list";
