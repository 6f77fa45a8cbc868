import type { Answer, LifecycleRegisters } from "./lifecycle-state";
import { compareOrder } from "./order-key";
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
