import type { CanonicalEvent } from "../../core/events/canonical";
import type { JsonObject } from "../../core/json";
import type { Incoming } from "../contract";
import { defined, readId, readInstant } from "../shared";
import { budgetRules } from "../shared/budget-rules";
import { controlRules } from "../shared/control-rules";
import { type Rules, readByRule } from "../shared/rule";
import { eventType } from "./catalogue";
import { humanRules } from "./decode-human";
import { runRules } from "./decode-run";
import { workRules } from "./decode-work";
import { agentKeys, fieldsOf, timeKeys, writtenType } from "./envelope";

const rules: Rules = new Map([...runRules, ...workRules, ...humanRules, ...budgetRules, ...controlRules]);

/** Reads one event. `agent_name` is outside the payload; it is sent with `run_start` and is the run's agent. */
export function decode(incoming: Incoming): CanonicalEvent {
  const { body } = incoming;
  const agent = readId(body, ...agentKeys);
  const fields: JsonObject = fieldsOf(body);
  const event = readByRule(rules, eventType(writtenType(incoming)), fields, { keys: [], occurredAtMs: readInstant(body, ...timeKeys) });
  const name = event.type === "run.started" ? (event.run?.name ?? agent) : undefined;
  return defined({ ...event, agent, run: name === undefined ? event.run : { ...event.run, name } });
}
