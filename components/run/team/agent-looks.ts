import { CircleCheck, CircleDashed, CircleDot, CircleSlash, CircleX, LogOut, type LucideIcon } from "lucide-react";
import type { TeamAgent } from "@/lib/core/run/team-state";

/** An agent's status as colour, icon and word. */
export const agentLooks: Record<TeamAgent["status"], { readonly word: string; readonly icon: LucideIcon; readonly tone: string }> = {
  idle: { word: "not seen working", icon: CircleDashed, tone: "text-queued" },
  working: { word: "working", icon: CircleDot, tone: "text-running" },
  done: { word: "done", icon: CircleCheck, tone: "text-succeeded" },
  failed: { word: "failed", icon: CircleX, tone: "text-failed" },
  stopped: { word: "ended with the run", icon: CircleSlash, tone: "text-ended" },
  retired: { word: "retired", icon: LogOut, tone: "text-ended" },
};

const worthNoticing: readonly TeamAgent["status"][] = ["failed", "working", "stopped", "idle", "done", "retired"];

/** How the agents of a group are doing, those that one should look at first. */
export function statusCounts(agents: readonly TeamAgent[]): readonly { readonly status: TeamAgent["status"]; readonly count: number }[] {
  return worthNoticing
    .map((status) => ({ status, count: agents.filter((agent) => agent.status === status).length }))
    .filter(({ count }) => count > 0);
}
