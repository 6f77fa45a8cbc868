import { after, agentName, type Phrases, say } from "./phrase";

/** Agents, and what passes between them. */
export const teamPhrases: Phrases<
  | "agent.started"
  | "agent.thought"
  | "agent.completed"
  | "agent.failed"
  | "role.assigned"
  | "team.recruited"
  | "team.updated"
  | "team.retired"
  | "task.assigned"
  | "task.completed"
  | "dependency.satisfied"
  | "delegation.started"
  | "delegation.completed"
  | "message.sent"
  | "message.received"
> = {
  "agent.started": (event) => ({ text: `${agentName(event.agent)} starting task`, namesAgent: true }),
  "agent.thought": (event) => ({ text: `Thinking${after(event.text ?? event.summary)}`, tone: "dim" }),
  "agent.completed": (event) => ({ text: `${agentName(event.agent)} completed task`, namesAgent: true }),
  "agent.failed": (event) => ({
    text: `${agentName(event.agent)} failed${after(event.error?.message ?? event.summary)}`,
    tone: "bad",
    namesAgent: true,
  }),
  "role.assigned": (event) => ({
    text: `${agentName(event.agent)} takes the role ${say(event.role ?? event.name, 60) || "assigned to it"}`,
    tone: "dim",
    namesAgent: true,
  }),
  "team.recruited": (event) => {
    const members = event.team?.members ?? [];
    const names = members
      .slice(0, 8)
      .map((member) => say(member.agent, 40))
      .join(", ");
    const more = members.length > 8 ? ` and ${members.length - 8} more` : "";
    return {
      text: `Team recruited: ${names === "" ? `${event.team?.size ?? "some"} agents` : names + more}`,
      tone: "accent",
      namesAgent: true,
    };
  },
  "team.updated": (event) => ({ text: `Team${after(event.summary)}`, tone: "dim", detail: true }),
  "team.retired": () => ({ text: "Team retired", tone: "dim", namesAgent: true }),
  "task.assigned": (event) => ({ text: `Task for ${receiver(event.edge?.to)}${after(event.text ?? event.name)}`, tone: "accent" }),
  "task.completed": (event) => ({ text: `Task completed${after(event.name)}` }),
  "dependency.satisfied": (event) => ({ text: `Dependency satisfied${after(event.name)}`, tone: "dim", detail: true }),
  "delegation.started": (event) => ({
    text: `Delegated to ${receiver(event.edge?.to)}${after(event.text ?? event.summary)}`,
    tone: "accent",
  }),
  "delegation.completed": (event) => ({ text: `${receiver(event.edge?.to ?? event.agent)} reported back`, namesAgent: true }),
  "message.sent": (event) => ({ text: `Message to ${receiver(event.edge?.to)}${after(event.text)}`, tone: "accent" }),
  "message.received": (event) => ({
    text: `Message from ${say(event.edge?.from, 60) || "an agent"}${after(event.text)}`,
    tone: "dim",
    detail: true,
  }),
};

function receiver(agent: string | undefined): string {
  return say(agent, 60) || "an agent";
}
