import type { RunStatus } from "../../core/run/status";

/** The four words of the seed's table "Run status after". */
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

/** A run's status in agent-os's words; statuses that it does not have give the nearest: unfinished is running, ended without success is an error. */
export function agentOsStatus(status: RunStatus): AgentOsStatus {
  return words[status];
}
