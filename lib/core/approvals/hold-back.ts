import { stringifyExact } from "../exact-json";
import { beginSha256 } from "../hash/sha256";
import type { Json } from "../json";
import { actionHead } from "./action-text";
import { exactPart } from "./exact";
import type { ApprovalDecision, ApprovalEntry } from "./state";

/** Of arguments, schema and choices together, or of answer and edit, in characters. */
const mostHeld = 4_000;

/**
 * A request as the fold of its run keeps it, which is read and written with every commit: what is asked at length stays in the request's
 * event and in the row that it is decided by, and here only the begun hash of what is decided about.
 */
export function withoutLongParts(entry: ApprovalEntry): ApprovalEntry {
  const said = [entry.arguments, entry.schema, entry.choices];
  const exact = entry.exact === undefined ? 0 : JSON.stringify(entry.exact).length;
  if (exact + stringifyExact(said).length <= mostHeld) return entry;
  const { exact: _, ...held } = entry;
  return { ...held, arguments: null, schema: null, choices: null, begunHash: begunHashOf(entry) };
}

/** The same for a decision: in the place of a long answer or edit stands where it is. What was decided through us is kept in its row. */
export function withoutLongAnswer(decision: ApprovalDecision): ApprovalDecision {
  const { exact, ...held } = decision;
  const { answer, editedArguments, order } = held;
  const length = stringifyExact([answer, editedArguments]).length + (exact === undefined ? 0 : JSON.stringify(exact).length);
  if (length <= mostHeld) return decision;
  const place = (said: Json) => (said === null ? null : `(long: see event ${order.seq})`);
  return { ...held, answer: place(answer), editedArguments: place(editedArguments) };
}

/** What two requests for the very same have in common, however long it is. */
export function begunHashOf(entry: ApprovalEntry): string {
  if (entry.begunHash !== undefined) return entry.begunHash;
  const given = exactPart(entry, entry.exact, "arguments");
  const { tool, question, exact } = entry;
  return beginSha256(
    actionHead({ tool, question, arguments: given, ...(exact?.repeatedKeys ? { repeatedKeys: exact.repeatedKeys } : {}) }),
  );
}
