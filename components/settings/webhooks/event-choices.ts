/** What most people want to be told, in words. */
export const eventChoices = [
  { value: "session.*", words: "Runs: started, each step, ended" },
  { value: "session.completed", words: "Runs that succeeded" },
  { value: "session.failed", words: "Runs that failed" },
  { value: "approval.*", words: "Approvals: requested, decided" },
  { value: "control.*", words: "Control: pause, resume or cancel requested" },
  { value: "budget.crossed", words: "Budgets crossed" },
  { value: "team.*", words: "Teams: tasks assigned, completed" },
  { value: "agent.*", words: "Agents: created, changed, in error" },
  { value: "*", words: "Everything" },
] as const;

/** Patterns typed by hand, between commas or spaces. */
export function typedPatterns(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== "");
}
