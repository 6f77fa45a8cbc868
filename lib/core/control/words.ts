/** What a person can ask of a running agent. */
export const controlActions = ["pause", "resume", "cancel"] as const;
export type ControlAction = (typeof controlActions)[number];

/** What became of a request: pending, carried out by the agent, replaced by a later request, or overtaken by the run's end. */
export const controlOutcomes = ["open", "effective", "superseded", "ended"] as const;
export type ControlOutcome = (typeof controlOutcomes)[number];
