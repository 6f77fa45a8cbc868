/** What most people want to be told, in words. */
export const eventChoices = [
  { value: "session.*", words: "Runs: started, each step, ended" },
  { value: "session.completed", words: "Runs that succeeded" },
  { value: "session.failed", words: "Runs that failed" },
  { value: "approval.*", words: "Approvals: asked for, decided" },
  { value: "control.*", words: "Control: asked to pause, go on, stop" },
  { value: "budget.crossed", words: "Budgets that were crossed" },
  { value: "team.*", words: "Teams: tasks given and done" },
  { value: "agent.*", words: "Agents: made, changed, in error" },
  { value: "*", words: "Everything" },
] as const;

/** Patterns typed by hand, between commas or spaces. */
export function typedPatterns(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== "");
}
