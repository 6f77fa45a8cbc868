import type { Json, JsonObject } from "../json";
import { canonicalJson } from "./canonical-json";

/** What an approval is about. `run` is our run id; `repeatedKeys` is set if the request repeated a key. */
export type Action = {
  readonly run: string;
  readonly tool: string | null;
  readonly arguments: Json;
  readonly question: string | null;
  readonly repeatedKeys?: readonly string[];
};

/**
 * The text whose SHA-256 binds a decision to what was shown: canonical JSON of run, tool and arguments. If no tool is named, people decide
 * about the question, so it is included.
 */
export function actionText(action: Action): string {
  return actionHead(action) + actionTail(action);
}

/** Its beginning, which may be long; `actionTail` is the rest. Keys are in canonical JSON order. */
export function actionHead({ tool, arguments: given, question, repeatedKeys }: Omit<Action, "run">): string {
  const asked: JsonObject = { arguments: given, ...(tool === null ? { question } : {}) };
  return canonicalJson(repeatedKeys === undefined ? asked : { ...asked, repeatedKeys }).slice(0, -1);
}

export function actionTail({ run, tool }: Pick<Action, "run" | "tool">): string {
  return `,${canonicalJson({ run, tool }).slice(1)}`;
}
