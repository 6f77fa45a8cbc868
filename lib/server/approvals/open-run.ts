import type { JsonObject } from "@/lib/core/json";
import { DomainError } from "../errors";
import type { CachedRun } from "../events/append/run-cache";
import type { Principal } from "../http/principal";
import { acceptEvent, isRejection } from "../ingest/accept-event";
import { findRun } from "../runs/find-run";
import { services } from "../services";

type Opening = {
  /** Name of the source, such as the tool that asks. */
  readonly source: string;
  /** The sender's id of the run. */
  readonly run: string;
  readonly agent: string;
  readonly query?: string;
};

/**
 * The run of a tool that only asks and never reported a run: started in the agent-os dialect on its first request. Throws invalid_event.
 */
export async function openRun(principal: Principal, { source: name, run, agent, query }: Opening): Promise<CachedRun> {
  const { projectId, keyId } = principal;
  const { appender, redaction, sources, now } = services();
  const source = await sources.find(projectId, "agent-os", name);
  const value: JsonObject = {
    event_type: "run_start",
    sdk_run_id: run,
    agent_name: agent,
    payload: { framework: name, ...(query === undefined ? {} : { input: { query } }) },
  };
  const redactor = await redaction.of(projectId);
  const context = { dialect: "agent-os" as const, givenRun: run, lastRun: null, receivedAtMs: now(), keyId, redactor };
  const event = acceptEvent(context, { text: JSON.stringify(value), value });
  if (isRejection(event)) throw new DomainError("invalid_event", event.message, { path: "run" });
  const { runs } = await appender.append({ projectId, source, events: [{ ...event, dedupeKey: "watchfloor:run-start" }] });
  return findRun(projectId, runs[0]?.id ?? run);
}
