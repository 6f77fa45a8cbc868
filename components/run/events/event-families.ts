import { type CanonicalType, canonicalTypes } from "@/lib/core/events/canonical";
import { isFailureType } from "@/lib/core/events/failure";

export const eventFamilies = ["run", "agent", "tool", "model", "text", "people", "trouble", "unknown", "other"] as const;
export type EventFamily = (typeof eventFamilies)[number];

export const familyWords: Record<EventFamily, string> = {
  run: "Run",
  agent: "Agents",
  tool: "Tools",
  model: "Model",
  text: "Text",
  people: "Approvals",
  trouble: "Errors, budget",
  unknown: "Unknown",
  other: "Other",
};

const nouns: Record<string, EventFamily> = {
  run: "run",
  stream: "run",
  agent: "agent",
  role: "agent",
  team: "agent",
  task: "agent",
  dependency: "agent",
  delegation: "agent",
  message: "agent",
  tool: "tool",
  model: "model",
  text: "text",
  log: "text",
  artifact: "text",
  approval: "people",
  error: "trouble",
  budget: "trouble",
};

/** What kind of thing an event tells; a failure is trouble, whatever failed. */
export function familyOf(type: CanonicalType): EventFamily {
  if (type === "event.unknown") return "unknown";
  if (isFailureType(type)) return "trouble";
  return nouns[type.slice(0, type.indexOf("."))] ?? "other";
}

/** The canonical types of the chosen families, as the `types` filter of the events API wants them. */
export function typesOf(families: readonly EventFamily[]): readonly CanonicalType[] {
  return canonicalTypes.filter((type) => families.includes(familyOf(type)));
}

export const familyTones: Record<EventFamily, string> = {
  run: "text-running",
  agent: "text-kind-agent",
  tool: "text-kind-tool",
  model: "text-kind-model",
  text: "text-muted",
  people: "text-waiting",
  trouble: "text-failed",
  unknown: "text-stalled",
  other: "text-faint",
};
