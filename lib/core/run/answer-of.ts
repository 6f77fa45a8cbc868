import type { Answer, LifecycleRegisters } from "./lifecycle-state";
import { compareOrder, type OrderKey } from "./order-key";
import { stands } from "./standing";

/**
 * A run's answer. A standing end that carries an answer has the last word, whatever an agent says after it. Otherwise the latest answer
 * counts: an end without text (or a child's end, in the middle of its parent's run) says nothing about it.
 */
export function answerOf({
  answer,
  final,
  terminal,
  opened,
}: Pick<LifecycleRegisters, "answer" | "final" | "terminal" | "opened">): Answer | null {
  if (final === undefined) return answer;
  if (answer === null) return final;
  const isLastWord = terminal !== null && terminal.at.seq === final.at.seq && stands(terminal.at, opened);
  return isLastWord || compareOrder(final.at, answer.at) >= 0 ? final : answer;
}

/**
 * Where the answer of a run that completed without one is: the last model output before its end, which the typical flow of Shannon's
 * catalogue calls the final answer. Null if an answer was given, or if the run did not complete.
 */
export function untoldAnswer({ answer, final, output, terminal, opened, starts }: LifecycleRegisters): OrderKey | null {
  if (answer !== null || final !== undefined || output === undefined || terminal?.status !== "succeeded") return null;
  const isBefore = stands(terminal.at, opened) && compareOrder(output, terminal.at) < 0;
  const isOfThisLife = starts < 2 || stands(output, opened);
  return isBefore && isOfThisLife ? output : null;
}
