import { stringifyExact } from "../exact-json";
import { beginSha256 } from "../hash/sha256";
import type { Json } from "../json";
import { actionHead } from "./action-text";
import { exactPart } from "./exact";
import type { ApprovalDecision, ApprovalEntry } from "./state";

/** In characters: arguments, schema and choices together, or answer and edit together. */
const mostHeld = 4_000;

/**
 * A request as its run's fold keeps it. The fold is read and written with every commit, so long parts stay in the request's event and in
 * the approval row; the fold keeps only the begun hash of what is decided.
 */
export function withoutLongParts(entry: ApprovalEntry): ApprovalEntry {
  const said = [entry.arguments, entry.schema, entry.choices];
  const exact = entry.exact === undefined ? 0 : JSON.stringify(entry.exact).length;
  if (exact + stringifyExact(said).length <= mostHeld) return entry;
  const { exact: _, ...held } = entry;
  return { ...held, arguments: null, schema: null, choices: null, begunHash: begunHashOf(entry) };
}

/** The same for a decision: a long answer or edit is replaced by its location. Decisions made through us are kept in their row. */
export function withoutLongAnswer(decision: ApprovalDecision): ApprovalDecision {
  const { exact, ...held } = decision;
  const { answer, editedArguments, order } = held;
  const length = stringifyExact([answer, editedArguments]).length + (exact === undefined ? 0 : JSON.stringify(exact).length);
  if (length <= mostHeld) return decision;
  const place = (said: Json) => (said === null ? null : `(long: see event ${order.seq})`);
  return { ...held, answer: place(answer), editedArguments: place(editedArguments) };
}

/** Equal for two requests for exactly the same action, however long it is. */
export function begunHashOf(entry: ApprovalEntry): string {
  if (entry.begunHash !== undefined) return entry.begunHash;
  const given = exactPart(entry, entry.exact, "arguments");
  const { tool, question, exact } = entry;
  return beginSha256(
    actionHead({ tool, question, arguments: given, ...(exact?.repeatedKeys ? { repeatedKeys: exact.repeatedKeys } : {}) }),
  );
}
