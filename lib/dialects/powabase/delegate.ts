import type { CanonicalEvent } from "../../core/events/canonical";

/** The tool by which a coordinator delegates to an agent is named after that agent. */
const prefix = "delegate_to_";

/** The agent that a tool delegates to, as spelt in the tool's name; undefined = it is not such a tool. */
export function delegateOf(tool: string | undefined): string | undefined {
  return tool?.startsWith(prefix) ? tool.slice(prefix.length) || undefined : undefined;
}

export function delegationTo(agent: string | undefined): CanonicalEvent["edge"] {
  return agent === undefined ? undefined : { to: agent, kind: "delegation" };
}
