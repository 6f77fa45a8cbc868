/** What most people want to be told, in words. */
export const eventChoices = [
  { pattern: "session.*", words: "Runs: started, each step, ended" },
  { pattern: "session.completed", words: "Runs that succeeded" },
  { pattern: "session.failed", words: "Runs that failed" },
  { pattern: "approval.*", words: "Approvals: asked for, decided" },
  { pattern: "budget.crossed", words: "Budgets that were crossed" },
  { pattern: "team.*", words: "Teams: tasks given and done" },
  { pattern: "agent.*", words: "Agents: made, changed, in error" },
  { pattern: "*", words: "Everything" },
] as const;

/** Patterns typed by hand, between commas or spaces. */
export function typedPatterns(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== "");
}
