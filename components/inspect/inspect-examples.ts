import { sampleEvents } from "@/components/welcome/sample-events";
import { type Dialect, dialectLabels } from "@/lib/core/dialect";
import type { JsonObject } from "@/lib/core/json";

export type InspectExample = { readonly key: string; readonly label: string; readonly text: string; readonly run?: string };

const at = new Date(Date.UTC(2026, 0, 5, 9, 30));
const run = "example-1";

const pretty = (events: readonly JsonObject[]) => JSON.stringify(events, null, 2);
const lines = (events: readonly JsonObject[]) => events.map((event) => JSON.stringify(event)).join("\n");

/** Frames that name their kind as well, with ids to resume from. */
const frames = (events: readonly JsonObject[], kind: string) =>
  events.map((event, index) => `event: ${event[kind]}\ndata: ${JSON.stringify(event)}\nid: ${index + 1}\n`).join("\n");

const texts: Record<Dialect, (events: readonly JsonObject[]) => string> = {
  shannon: lines,
  "agent-os": pretty,
  powabase: (events) => events.map((event) => `data: ${JSON.stringify(event)}\n`).join("\n"),
  crewship: (events) => frames(events, "type"),
  resonant: pretty,
};

const trouble = [
  JSON.stringify({
    workflow_id: run,
    type: "WORKFLOW_STARTED",
    timestamp: at.toISOString(),
    seq: 1,
    payload: { query: "Where it goes wrong" },
  }),
  JSON.stringify({ workflow_id: run, type: "BRAND_NEW_TYPE", seq: 2, payload: { kept: "whatever it holds" } }),
  JSON.stringify({ workflow_id: run, seq: 3, message: "no type" }),
  '{"workflow_id": "example-1", "type": "TOOL_INVOKED", "seq": 4,',
].join("\n");

/** One of each system, each in another form of body, and one that shows what is refused and what is unknown. */
export const inspectExamples: readonly InspectExample[] = [
  ...(Object.keys(texts) as Dialect[]).map((dialect) => ({
    key: dialect,
    label: dialectLabels[dialect],
    text: texts[dialect](sampleEvents[dialect]({ run, at })),
  })),
  { key: "trouble", label: "Something wrong", text: trouble },
];
