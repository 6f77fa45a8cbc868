import type { CanonicalEvent } from "../../core/events/canonical";
import type { Incoming } from "../contract";
import { clip, definedOf, restOf } from "../shared";
import { catalogueEntry } from "./catalogue";
import { agentRules } from "./decode-agent";
import { approvalRules } from "./decode-approval";
import { modelRules } from "./decode-model";
import { progressRules } from "./decode-progress";
import { systemRules } from "./decode-system";
import { teamRules } from "./decode-team";
import { toolRules } from "./decode-tool";
import { workflowRules } from "./decode-workflow";
import type { ShannonRule } from "./rule";
import { finalOutput, readShannonEvent } from "./shannon-event";

const rules: ReadonlyMap<string, ShannonRule> = new Map([
  ...workflowRules,
  ...agentRules,
  ...toolRules,
  ...teamRules,
  ...modelRules,
  ...progressRules,
  ...approvalRules,
  ...systemRules,
]);

const unknown: ShannonRule = { keys: [], read: () => ({}) };

/** Reads one Shannon event. Total: what it does not understand stays in `extra`. */
export function decode(incoming: Incoming): CanonicalEvent {
  const event = readShannonEvent(incoming);
  const rule = rules.get(event.word) ?? unknown;
  const common: Partial<CanonicalEvent> = {
    type: catalogueEntry(event.word)?.canonical ?? ("event.unknown" as const),
    occurredAtMs: event.occurredAtMs,
    sourceSeq: event.sourceSeq,
    agent: event.agent === finalOutput ? undefined : event.agent,
    summary: clip(event.message),
  };
  return definedOf<CanonicalEvent>(common, rule.read(event), { extra: restOf(event.fields, rule.keys) });
}
