import { runAsAgent } from "@/lib/core/run/team";

/** What people call an agent: who hands work over without a name is the run's coordinator. */
export function agentName(agent: string): string {
  return agent === runAsAgent ? "coordinator" : agent;
}
