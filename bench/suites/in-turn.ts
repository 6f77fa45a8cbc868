import type { Figure } from "../figures/figure";

/** Runs suites one after the other. One that fails is told at once, and takes nothing of what the others measured with it. */
export async function inTurn<Name extends string>(
  names: readonly Name[],
  run: (name: Name) => Promise<readonly Figure[]>,
  tell: (cause: unknown) => void,
): Promise<{ figures: Figure[]; failed: Name[] }> {
  const figures: Figure[] = [];
  const failed: Name[] = [];
  for (const name of names) {
    try {
      figures.push(...(await run(name)));
    } catch (cause) {
      tell(cause);
      failed.push(name);
    }
  }
  return { figures, failed };
}
