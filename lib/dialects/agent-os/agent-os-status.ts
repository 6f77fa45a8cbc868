import type { RunStatus } from "../../core/run/status";

/** The four statuses of the seed's table "Run status after". */
export type AgentOsStatus = "running" | "success" | "error" | "waiting_for_input";

const words: Record<RunStatus, AgentOsStatus> = {
  queued: "running",
  running: "running",
  waiting: "waiting_for_input",
  pausing: "running",
  paused: "running",
  stalled: "running",
  succeeded: "success",
  failed: "error",
  cancelling: "running",
  cancelled: "error",
  expired: "error",
};

/**
 * A run's status in agent-os's words; a status that it lacks maps to the nearest: unfinished is running, an unsuccessful end is an error.
 */
export function agentOsStatus(status: RunStatus): AgentOsStatus {
  return words[status];
}
