import { budgetEntries } from "../shared/budget-rules";
import type { CatalogueEntry } from "../shared/catalogue-entry";
import { catalogueOf } from "../shared/catalogue-of";

/** The SDK's seven types. A step or tool call is one type with two phases; the canonical type here is that of its end. */
export const catalogue: readonly CatalogueEntry[] = [
  ...catalogueOf("seed", "Run", [
    ["run_start", "run.started", "Graph invocation starts"],
    ["run_end", "run.completed", "Graph completed"],
    ["error", "run.failed", "Unhandled exception ended the run"],
  ]),
  ...catalogueOf("seed", "Work", [
    ["step", "step.completed", "Node starts or ends"],
    ["tool_call", "tool.returned", "Tool call starts or ends"],
  ]),
  ...catalogueOf("seed", "Human", [
    ["human_input_requested", "approval.requested", "Agent is waiting for a human"],
    ["human_input_received", "approval.decided", "Human has answered"],
  ]),
  ...budgetEntries,
];

const types: ReadonlySet<string> = new Set(catalogue.map(({ type }) => type));

/** The type in the catalogue's spelling: the SDKs' enums write it in capitals. An unlisted word stays as it is. */
export function eventType(written: string): string {
  const lower = written.length > 30 ? written : written.toLowerCase();
  return types.has(lower) ? lower : written;
}
