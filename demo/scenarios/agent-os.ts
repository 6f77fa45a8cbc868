import type { JsonObject } from "@/lib/core/json";
import { beat } from "../beats";
import type { Beat, Decision, Scenario, Script, Stage } from "../scenario";
import { models, spend } from "./models";

/** A graph that stops at a question to a human and goes on with the answer. */
export const agentOsRelease: Scenario = {
  name: "agent-os-release",
  dialect: "agent-os",
  delivery: "single",
  open: (stage) => ({ runId: `run_${stage.random.hex(12)}`, script: release(stage) }),
};

/** A nightly job that dies of a missing column. */
export const agentOsImport: Scenario = {
  name: "agent-os-import",
  dialect: "agent-os",
  delivery: "single",
  open: (stage) => ({ runId: `run_${stage.random.hex(12)}`, script: nightlyImport(stage) }),
};

function event(type: string, payload: JsonObject): JsonObject {
  return { event_type: type, payload };
}

function* node(stage: Stage, name: string, inside: readonly Beat[], output: JsonObject): Script {
  yield beat(stage.ms(150, 400), event("step", { node_name: name, phase: "start" }));
  yield* inside;
  const restMs = stage.ms(500, 2_200);
  const durationMs = inside.reduce((sum, one) => sum + one.afterMs, restMs);
  yield beat(restMs, event("step", { node_name: name, phase: "end", duration_ms: durationMs, output }));
}

function tool(stage: Stage, name: string, preview: { input: string; output: string }): Beat[] {
  const durationMs = stage.ms(1_200, 6_200);
  return [
    beat(stage.ms(100, 300), event("tool_call", { tool_name: name, phase: "start", input_preview: preview.input })),
    beat(
      durationMs,
      event("tool_call", {
        tool_name: name,
        phase: "end",
        input_preview: preview.input,
        output_preview: preview.output,
        duration_ms: durationMs,
      }),
    ),
  ];
}

function* release(stage: Stage): Script {
  const version = `2.${stage.random.int(3, 19)}.0`;
  const input = { version, environment: "production" };
  yield beat(0, { ...event("run_start", { framework: "langgraph", input }), agent_name: "release-agent" });
  yield* node(stage, "collect_changes", tool(stage, "list_changes", { input: `since ${version}`, output: "5 changes, 1 migration" }), {
    changes: 5,
  });
  yield* node(stage, "run_checks", tool(stage, "run_tests", { input: "all", output: "412 passed" }), { passed: true });
  const question = `Deploy ${version} to production? It includes one database migration.`;
  const request = event("human_input_requested", {
    question,
    context: { target: "prod", changes: 5, migration: "add_index_on_created_at" },
    channel: "slack",
  });
  const decision = yield { ...beat(stage.ms(300, 700), request), awaits: { approval: null, forMs: stage.ms(25_000, 70_000) } };
  const yes = decision === undefined || decision.outcome === "none" || decision.outcome === "approved" || answersYes(decision);
  if (decision === undefined || decision.outcome === "none") {
    // Nobody answered on the watch floor: the answer came through the agent's own channel, and the agent reports it.
    yield beat(0, event("human_input_received", { response: "yes, go ahead", responded_by: "on-call in #releases" }));
  }
  if (yes) yield* node(stage, "deploy", tool(stage, "deploy", { input: version, output: "3 of 3 instances healthy" }), { healthy: 3 });
  const model = models["claude-haiku-4-5"];
  const spent = spend(stage.random, model, "medium");
  const output = { answer: yes ? `${version} is live on 3 of 3 instances.` : `${version} was not deployed.` };
  yield beat(stage.ms(1_000, 2_200), event("run_end", { output, ...usage(spent), model: model.name }));
}

function answersYes(decision: Decision): boolean {
  return decision.outcome === "answered" && /^\s*(y|yes|ok|go)\b/i.test(decision.answer ?? "");
}

function usage(spent: { input: number; output: number; total: number; costUsd: number }): JsonObject {
  return { prompt_tokens: spent.input, completion_tokens: spent.output, total_tokens: spent.total, cost_usd: spent.costUsd };
}

const traceback = [
  "Traceback (most recent call last):",
  '  File "/srv/agents/import/graph.py", line 88, in load_rows',
  '    return [row["delivered_at"] for row in rows]',
  "KeyError: 'delivered_at'",
].join("\n");

function* nightlyImport(stage: Stage): Script {
  const rows = stage.random.int(8_000, 40_000);
  yield beat(0, { ...event("run_start", { framework: "langgraph", input: { source: "orders.csv", rows } }), agent_name: "import-agent" });
  yield* node(stage, "read_file", tool(stage, "read_csv", { input: "orders.csv", output: `${rows} rows, 14 columns` }), { rows });
  yield* node(stage, "map_columns", tool(stage, "guess_schema", { input: "14 columns", output: "13 matched, 1 unknown" }), { matched: 13 });
  yield beat(stage.ms(200, 400), event("step", { node_name: "load_rows", phase: "start" }));
  yield beat(
    stage.ms(1_400, 3_600),
    event("error", { error_type: "KeyError", error_message: "column 'delivered_at' is missing", traceback }),
  );
}
