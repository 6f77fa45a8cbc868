/** What a person asks of a running agent. */
export const controlActions = ["pause", "resume", "cancel"] as const;
export type ControlAction = (typeof controlActions)[number];

/**
 * What became of a request: still under way, done by the agent, replaced by a later request, or overtaken by the end of the run.
 */
export const controlOutcomes = ["open", "effective", "superseded", "ended"] as const;
export type ControlOutcome = (typeof controlOutcomes)[number];
