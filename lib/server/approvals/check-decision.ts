import type { DecisionRequest } from "@/lib/core/api/approval";
import { schemaProblem } from "@/lib/core/approvals/schema-check";
import { isCheckable } from "@/lib/core/approvals/schema-words";
import { allowedActions } from "@/lib/core/approvals/words";
import { repeatedKeys, stringifyExact } from "@/lib/core/exact-json";
import { isJsonObject, type Json } from "@/lib/core/json";
import { placeholderForm } from "@/lib/core/redaction/placeholder";
import { DomainError } from "../errors";
import type { ApprovalRow } from "./approval-row";

/** Checks that the request can be decided this way. Throws invalid_decision or schema_mismatch. */
export function checkDecision(row: ApprovalRow, wanted: DecisionRequest): void {
  const allowed = allowedActions(row.kind, row.allowed);
  if (!allowed.includes(wanted.decision))
    throw new DomainError("invalid_decision", `This request cannot be decided with "${wanted.decision}".`, {
      path: "decision",
      hint: `Possible: ${allowed.join(", ")}.`,
    });
  if (wanted.decision === "edit") checkEdited(row, wanted.editedArguments as Json | undefined);
  else if (wanted.editedArguments !== undefined)
    throw new DomainError("invalid_decision", '`editedArguments` is only valid with the decision "edit".', { path: "editedArguments" });
  if (wanted.standing !== undefined && wanted.decision !== "approve")
    throw new DomainError("invalid_decision", '`standing` is only valid with the decision "approve".', { path: "standing" });
  if (wanted.decision === "answer") checkAnswer(row, wanted.answer as Json | undefined);
  else if (wanted.answer !== undefined)
    throw new DomainError("invalid_decision", '`answer` is only valid with the decision "answer".', { path: "answer" });
}

function checkEdited(row: ApprovalRow, edited: Json | undefined): void {
  if (edited === undefined) throw new DomainError("invalid_decision", "The edited arguments are missing.", { path: "editedArguments" });
  if (isJsonObject(row.arguments) && !isJsonObject(edited))
    throw new DomainError("schema_mismatch", "The edited arguments must be an object, like the original ones.", {
      path: "editedArguments",
    });
  checkWhole(edited, "editedArguments");
  checkSchema(row.schema, edited, "editedArguments");
}

/** The agent would mistake a redaction placeholder for the value. */
function checkWhole(value: Json, path: string): void {
  if (placeholderForm.test(stringifyExact(value)))
    throw new DomainError("invalid_decision", "A redacted value is not stored, so it cannot be sent to the agent.", {
      path,
      hint: "Write out the value, or decide without it.",
    });
}

function checkAnswer(row: ApprovalRow, answer: Json | undefined): void {
  if (answer === undefined || answer === "") throw new DomainError("invalid_decision", "The answer is missing.", { path: "answer" });
  checkWhole(answer, "answer");
  if (row.choices !== null && !row.choices.some((choice) => choice === answer))
    throw new DomainError("schema_mismatch", `The answer must be one of ${row.choices.join(", ")}.`, { path: "answer" });
  if (row.choices === null) checkSchema(row.schema, answer, "answer");
}

function checkSchema(schema: Json, value: Json, path: string): void {
  if (!isJsonObject(schema)) return;
  if (!isCheckable(schema)) throw beyondUs("The request's JSON schema uses keywords that Watchfloor cannot check.");
  // We check the last of several values; the agent's program may take the first.
  const [repeated] = repeatedKeys(value);
  if (repeated !== undefined)
    throw new DomainError("schema_mismatch", "This key appears twice: programs differ in which value they take.", {
      path: `${path}.${repeated}`,
    });
  const problem = schemaProblem(schema, value);
  if (problem === "beyond") throw beyondUs("Checking this against the request's JSON schema takes too much work for one decision.");
  if (problem !== null) throw new DomainError("schema_mismatch", problem.message, { path: [path, ...problem.path].join(".") });
}

function beyondUs(message: string): DomainError {
  return new DomainError("schema_mismatch", message, { path: "schema", hint: "Approve or deny the request as it is." });
}
