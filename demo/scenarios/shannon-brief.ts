import { beat } from "../beats";
import type { Scenario, Script, Stage } from "../scenario";
import { models, spend, sumOf } from "./models";
import { callModel, shannon, think, toolUse } from "./shannon-parts";
import { topics } from "./topics";

const analyst = "analyst";

/** A short run of one agent: mostly it ends well, sometimes a vendor stumbles on the way, sometimes somebody cancels it. */
export const shannonBrief: Scenario = {
  name: "shannon-brief",
  dialect: "shannon",
  delivery: "batch",
  open: (stage) => ({ runId: `wf-${stage.random.uuid()}`, script: play(stage) }),
};

function* play(stage: Stage): Script {
  const { random } = stage;
  const topic = random.pick(topics);
  const model = random.pick([models["gpt-5"], models["claude-haiku-4-5"], models["gemini-2.5-flash"]]);
  const spent = [spend(random, model, "small"), spend(random, model, "medium")] as const;
  const start = {
    query: `In one paragraph: ${topic.query}`,
    mode: "SIMPLE",
    session_id: `sess-${random.hex(8)}`,
    estimated_complexity: 0.3,
  };
  yield beat(0, shannon("WORKFLOW_STARTED", analyst, "Workflow started", start));
  yield beat(stage.ms(80, 200), shannon("AGENT_STARTED", analyst, "Agent started", { role: "analyst", subtask: topic.short }));
  yield beat(
    stage.ms(50, 120),
    shannon("ROLE_ASSIGNED", analyst, "Role assigned: analyst", { role: "analyst", tools: ["web_search"], tool_count: 1 }),
  );
  yield think(stage, analyst, `One search on ${topic.searches[0]} should do.`);
  if (random.chance(0.35)) yield* stumble(stage);
  const query = topic.searches[0];
  yield* toolUse(stage, { agent: analyst, tool: "web_search", args: { query }, result: topic.findings[0], tookMs: stage.ms(1_400, 4_800) });
  yield* callModel(stage, { agent: analyst, model, spent: spent[0], prompt: "Is this enough?", answer: "One more figure is needed." });
  yield beat(
    stage.ms(100, 300),
    shannon("PROGRESS", analyst, "Progress: 60% complete", { percentage: 60, current_step: 3, total_steps: 5 }),
  );
  if (random.chance(0.15)) {
    yield beat(
      stage.ms(200, 600),
      shannon("WORKFLOW_CANCELLING", analyst, "Cancel requested", { reason: "asked again with another question" }),
    );
    yield beat(
      stage.ms(1_000, 2_200),
      shannon("WORKFLOW_CANCELLED", analyst, "Workflow cancelled", { checkpoint: "after_search", was_paused: false }),
    );
    return;
  }
  yield* callModel(stage, { agent: analyst, model, spent: spent[1], prompt: query, answer: topic.answer });
  const total = sumOf(spent);
  const done = { result: topic.answer, tokens_used: total.total, cost_usd: total.costUsd };
  yield beat(stage.ms(50, 150), shannon("AGENT_COMPLETED", analyst, "Agent completed successfully", done));
  const totals = { result: topic.answer, total_tokens: total.total, total_cost_usd: total.costUsd, agents_used: 1, tools_invoked: 1 };
  yield beat(stage.ms(50, 150), shannon("WORKFLOW_COMPLETED", analyst, "Workflow completed successfully", totals));
  yield beat(stage.ms(20, 60), shannon("STREAM_END", analyst, "Stream end"));
}

function* stumble(stage: Stage): Script {
  const error = {
    error_type: "RATE_LIMIT",
    error_message: "Provider rate limit exceeded",
    recoverable: true,
    retry_count: 1,
    max_retries: 3,
  };
  yield beat(stage.ms(200, 500), shannon("ERROR_OCCURRED", analyst, "Provider rate limit exceeded", error));
  yield beat(
    stage.ms(100, 200),
    shannon("WAITING", analyst, "Waiting for the provider", { wait_reason: "rate_limit", estimated_wait_seconds: 3 }),
  );
  const recovery = { error_type: "RATE_LIMIT", recovery_action: "retry_with_backoff", attempt: 1, max_attempts: 3, success: true };
  yield beat(stage.ms(3_600, 8_400), shannon("ERROR_RECOVERY", analyst, "Recovered from the rate limit", recovery));
}
