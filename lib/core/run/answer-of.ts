import type { Answer, LifecycleRegisters } from "./lifecycle-state";
import { compareOrder, type OrderKey } from "./order-key";
import { stands } from "./standing";

/**
 * What a run answered. An end that stands and says the answer itself has the last word, whatever an agent says behind it; else the
 * latest that was said counts, as an end without words (or a child's, in the middle of its parent's run) says nothing of it.
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
 * Where a run that completed without a word has its answer: in the last output of a model before its end, which the typical flow of
 * Shannon's catalogue calls the final answer. Null where the answer was said, and where the run did not complete.
 */
export function untoldAnswer({ answer, final, output, terminal, opened, starts }: LifecycleRegisters): OrderKey | null {
  if (answer !== null || final !== undefined || output === undefined || terminal?.status !== "succeeded") return null;
  const isBefore = stands(terminal.at, opened) && compareOrder(output, terminal.at) < 0;
  const isOfThisLife = starts < 2 || stands(output, opened);
  return isBefore && isOfThisLife ? output : null;
}
