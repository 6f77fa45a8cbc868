import type { TeamMember } from "../../core/events/canonical";
import type { JsonObject } from "../../core/json";
import { clip, defined, definedOrNone, readCount, readId, readList, readString, readStrings } from "../shared";
import { readDuration } from "../shared/read-duration";
import type { Reading, ShannonRule, ShannonRules } from "./rule";
import type { ShannonEvent } from "./shannon-event";

const mostMembers = 1_000;
const toKeys = ["to", "target", "target_agent", "to_agent"];
const fromKeys = ["from", "source_agent", "from_agent"];
const wordKeys = ["content", "text"];

function membersOf(fields: JsonObject): readonly TeamMember[] | undefined {
  const members: TeamMember[] = [];
  for (const entry of (readList(fields, "agents") ?? []).slice(0, mostMembers)) {
    const agent = typeof entry === "string" ? entry : readId(entry, "agent_id", "id", "name");
    if (agent === undefined || agent === "") continue;
    members.push(defined({ agent, role: readString(entry, "role"), capabilities: readStrings(entry, "capabilities") }));
  }
  return members.length > 0 ? members : undefined;
}

function readTeam({ fields }: ShannonEvent): Reading {
  return {
    team: definedOrNone({ members: membersOf(fields), size: readCount(fields, "team_size") }),
    durationMs: readDuration(fields, "duration_ms"),
  };
}

/** `total_tokens` of a retired team is a sum over its agents, who report their own: it stays in `extra` and is never added. */
const team: ShannonRule = { keys: ["agents", "team_size", "duration_ms"], read: readTeam };

const role: ShannonRule = {
  keys: ["role", "capabilities"],
  read: ({ fields, agent }) => {
    const assigned = readString(fields, "role");
    const capabilities = readStrings(fields, "capabilities");
    return {
      role: assigned,
      team: agent === undefined ? undefined : { members: [defined({ agent, role: assigned, capabilities })] },
    };
  },
};

const dependency: ShannonRule = { keys: ["subtask_id"], read: ({ fields }) => ({ name: readId(fields, "subtask_id") }) };

/** The catalogue gives no payload for this: the delegate is read under every name that Shannon uses for another agent. */
const delegation: ShannonRule = {
  keys: [...toKeys, ...fromKeys, ...wordKeys, "agent_id", "task", "subtask", "message_type"],
  read: ({ fields, agent, message }) => {
    const named = readId(fields, "agent_id");
    const words = readString(fields, "task", "subtask", ...wordKeys);
    return {
      agent: agent ?? readId(fields, ...fromKeys),
      edge: definedOrNone({
        from: readId(fields, ...fromKeys) ?? agent,
        to: readId(fields, ...toKeys) ?? (named === agent ? undefined : named),
        kind: readString(fields, "message_type"),
      }),
      text: words ?? message,
      summary: clip(words),
    };
  },
};

const sent: ShannonRule = {
  keys: [...toKeys, ...fromKeys, ...wordKeys, "message_type"],
  read: ({ fields, agent, message }) => ({
    edge: definedOrNone({
      from: readId(fields, ...fromKeys) ?? agent,
      to: readId(fields, ...toKeys),
      kind: readString(fields, "message_type"),
    }),
    text: readString(fields, ...wordKeys) ?? message,
  }),
};

const received: ShannonRule = {
  keys: sent.keys,
  read: ({ fields, agent, message }) => ({
    edge: definedOrNone({
      from: readId(fields, ...fromKeys),
      to: readId(fields, ...toKeys) ?? agent,
      kind: readString(fields, "message_type"),
    }),
    text: readString(fields, ...wordKeys) ?? message,
  }),
};

/** What a person says to the agents; the sender is not an agent of the team. */
const fromPerson: ShannonRule = {
  keys: wordKeys,
  read: ({ fields, message }) => ({ edge: { kind: "human" }, text: readString(fields, ...wordKeys) ?? message }),
};

/** Teams, roles and the declared traffic between agents. */
export const teamRules: ShannonRules = [
  ["TEAM_RECRUITED", team],
  ["TEAM_RETIRED", team],
  ["TEAM_STATUS", team],
  ["ROLE_ASSIGNED", role],
  ["DEPENDENCY_SATISFIED", dependency],
  ["DELEGATION", delegation],
  ["MESSAGE_SENT", sent],
  ["MESSAGE_RECEIVED", received],
  ["HITL_RESPONSE", fromPerson],
  ["REVIEW_USER_FEEDBACK", fromPerson],
];
