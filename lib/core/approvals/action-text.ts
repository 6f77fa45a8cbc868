import type { Json, JsonObject } from "../json";
import { canonicalJson } from "./canonical-json";

/** What an approval is about. `run` is our id of the run; `repeatedKeys` where the request said something twice. */
export type Action = {
  readonly run: string;
  readonly tool: string | null;
  readonly arguments: Json;
  readonly question: string | null;
  readonly repeatedKeys?: readonly string[];
};

/**
 * The text whose SHA-256 binds a decision to what was shown: canonical JSON of run, tool and arguments. Where no tool is
 * named the question is what people decide about, and is part of it.
 */
export function actionText(action: Action): string {
  return actionHead(action) + actionTail(action);
}

/** Its beginning, which may be long; `actionTail` is the rest. The names stand in the order of canonical JSON. */
export function actionHead({ tool, arguments: given, question, repeatedKeys }: Omit<Action, "run">): string {
  const asked: JsonObject = { arguments: given, ...(tool === null ? { question } : {}) };
  return canonicalJson(repeatedKeys === undefined ? asked : { ...asked, repeatedKeys }).slice(0, -1);
}

export function actionTail({ run, tool }: Pick<Action, "run" | "tool">): string {
  return `,${canonicalJson({ run, tool }).slice(1)}`;
}
