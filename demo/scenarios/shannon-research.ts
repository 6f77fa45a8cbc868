import { beat, lengthMs, parallel } from "../beats";
import type { Beat, Scenario, Script, Stage } from "../scenario";
import { models, type Spent, spend, sumOf } from "./models";
import { callModel, sendMessage, shannon, think, toolUse } from "./shannon-parts";
import { type Topic, topics } from "./topics";

const lead = "orchestrator";
const researchers = ["researcher-field", "researcher-market", "researcher-cost"] as const;

/** A team that researches side by side, meets 85 % of its budget, and asks before it publishes. */
export const shannonResearch: Scenario = {
  name: "shannon-research",
  dialect: "shannon",
  delivery: "batch",
  open: (stage) => ({ runId: `wf-${stage.random.uuid()}`, script: play(stage) }),
};

function* play(stage: Stage): Script {
  const topic = stage.random.pick(topics);
  const plan = spend(stage.random, models["gpt-5"], "medium");
  yield* opening(stage, topic, plan);
  const teamwork = researchers.map((agent, index) => research(stage, { topic, agent, index }));
  yield* parallel(...teamwork.map((work) => work.beats));
  const draft = spend(stage.random, models["claude-sonnet-4-5"], "large");
  yield* writing(stage, topic, draft);
  const spent = sumOf([plan, ...teamwork.map((work) => work.spent), draft]);
  const budget = {
    usage_percent: 85,
    threshold_percent: 80,
    tokens_used: spent.total,
    tokens_budget: Math.round(spent.total / 0.85),
    level: "warning",
    budget_type: "task",
  };
  yield beat(stage.ms(100, 300), shannon("BUDGET_THRESHOLD", "budget-manager", "Task budget at 85.0% (threshold: 80.0%)", budget));
  const approval = stage.random.uuid();
  const decision = yield request(stage, topic, approval);
  // A decision that came back is in the run's log already; only silence is the agent's own to report.
  if (decision === undefined || decision.outcome === "none") yield timedOut(approval);
  yield* ending(stage, { topic, spent, published: decision?.outcome === "approved" });
}

function* opening(stage: Stage, topic: Topic, plan: Spent): Script {
  const session = `sess-${stage.random.hex(8)}`;
  const start = { query: topic.query, mode: "COMPLEX", session_id: session, estimated_complexity: 0.82 };
  yield beat(0, shannon("WORKFLOW_STARTED", lead, "Workflow started", start));
  yield beat(stage.ms(100, 300), shannon("AGENT_STARTED", lead, "Agent started", { role: "supervisor", subtask: topic.query }));
  yield think(stage, lead, `Three angles are enough for ${topic.short}: field data, market, cost.`);
  const answer = "Plan: three researchers side by side, one writer, one review before publishing.";
  yield* callModel(stage, { agent: lead, model: models["gpt-5"], spent: plan, prompt: `Plan: ${topic.query}`, answer });
  const agents = [...researchers, "writer"].map((agent) => ({
    agent_id: agent,
    role: agent.split("-")[0] ?? agent,
    capabilities: ["search", "summarise"],
  }));
  yield beat(
    stage.ms(200, 500),
    shannon("TEAM_RECRUITED", lead, `Team recruited: ${agents.length} agents`, { team_size: agents.length, agents }),
  );
  for (const [index, agent] of researchers.entries()) {
    const task = topic.searches[index] ?? topic.query;
    yield beat(stage.ms(80, 200), shannon("DELEGATION", lead, `Delegated to ${agent}`, { from: lead, to: agent, task }));
  }
}

function research(stage: Stage, part: { topic: Topic; agent: string; index: number }): { beats: Beat[]; spent: Spent } {
  const { topic, agent, index } = part;
  const model = index === 1 ? models["gemini-2.5-pro"] : models["gpt-5-mini"];
  const spent = [spend(stage.random, model, "medium"), spend(stage.random, model, "large")] as const;
  const search = topic.searches[index] ?? topic.query;
  const finding = topic.findings[index] ?? topic.answer;
  const started = { role: "researcher", subtask: search, parent_agent_id: lead, tools_available: ["web_search", "fetch_page"] };
  const beats = [
    beat(stage.ms(100, 2_200), shannon("AGENT_STARTED", agent, "Agent started", started)),
    think(stage, agent, `Searching for ${search}`),
    ...toolUse(stage, {
      agent,
      tool: "web_search",
      args: { query: search, limit: 10 },
      result: "10 results, 4 of them primary sources",
      tookMs: stage.ms(1_700, 5_800),
    }),
    ...callModel(stage, {
      agent,
      model,
      spent: spent[0],
      prompt: `Rank the sources on ${search}`,
      answer: "Two sources are primary and recent; reading them.",
    }),
    ...toolUse(stage, {
      agent,
      tool: "fetch_page",
      args: { url: `https://library.example/${index + 1}` },
      result: finding,
      tookMs: stage.ms(2_200, 9_100),
    }),
    ...callModel(stage, { agent, model, spent: spent[1], prompt: "Summarise with figures", answer: finding }),
    ...sendMessage(stage, agent, "writer", finding),
  ];
  const total = sumOf(spent);
  const done = { result: finding, tokens_used: total.total, cost_usd: total.costUsd, duration_ms: lengthMs(beats) };
  beats.push(beat(stage.ms(50, 150), shannon("AGENT_COMPLETED", agent, "Agent completed successfully", done)));
  return { beats, spent: total };
}

function* writing(stage: Stage, topic: Topic, spent: Spent): Script {
  const status = { active_agents: 1, idle_agents: 3, tasks_completed: 3, tasks_remaining: 1, coordination_mode: "parallel" };
  yield beat(stage.ms(100, 300), shannon("TEAM_STATUS", lead, "Team progress update", status));
  const ready = { subtask_id: "write", satisfied_dependencies: ["field", "market", "cost"], can_proceed: true };
  yield beat(stage.ms(100, 200), shannon("DEPENDENCY_SATISFIED", lead, "Dependencies satisfied for write", ready));
  yield beat(
    stage.ms(100, 300),
    shannon("AGENT_STARTED", "writer", "Agent started", { role: "writer", subtask: "Write the report", parent_agent_id: lead }),
  );
  const model = models["claude-sonnet-4-5"];
  yield* callModel(stage, { agent: "writer", model, spent, prompt: "Write the report from the findings", answer: topic.answer });
  yield beat(
    stage.ms(100, 300),
    shannon("WORKSPACE_UPDATED", "writer", "Workspace updated", { key: "report.md", value: topic.short, action: "ADD" }),
  );
  const progress = { percentage: 80, current_step: 4, total_steps: 5, current_task: "Review before publishing" };
  yield beat(stage.ms(50, 150), shannon("PROGRESS", lead, "Progress: 80% complete", progress));
}

function request(stage: Stage, topic: Topic, approval: string): Beat {
  const details = { path: "reports/public/report.md", audience: "everyone", topic: topic.short };
  const payload = {
    approval_id: approval,
    tool_name: "publish_report",
    operation: "publish",
    risk_level: "HIGH",
    timeout_seconds: 3_600,
    details,
  };
  const message = `Publish the report on ${topic.short} to the public site? id=${approval}`;
  const forMs = stage.ms(600_000, 900_000);
  return {
    ...beat(stage.ms(300, 600), shannon("APPROVAL_REQUESTED", "writer", message, payload)),
    awaits: { approval, forMs, holds: true },
  };
}

function timedOut(approval: string): Beat {
  return beat(
    0,
    shannon("APPROVAL_DECISION", "writer", `Approval timeout: id=${approval}`, { approval_id: approval, decision: "timeout" }),
  );
}

function* ending(stage: Stage, end: { topic: Topic; spent: Spent; published: boolean }): Script {
  const { topic, spent, published } = end;
  const result = published ? topic.answer : "The report was kept as a draft.";
  if (published) {
    const args = { path: "reports/public/report.md" };
    yield* toolUse(stage, { agent: "writer", tool: "publish_report", args, result: "published", tookMs: stage.ms(1_400, 3_600) });
  }
  yield beat(stage.ms(100, 300), shannon("AGENT_COMPLETED", "writer", "Agent completed successfully", { result }));
  yield beat(
    stage.ms(100, 200),
    shannon("TEAM_RETIRED", lead, "Team retired after task completion", { team_size: 4, reason: "task_completed" }),
  );
  const totals = { result, total_tokens: spent.total, total_cost_usd: spent.costUsd, agents_used: 5, tools_invoked: published ? 7 : 6 };
  yield beat(stage.ms(100, 200), shannon("WORKFLOW_COMPLETED", lead, "Workflow completed successfully", totals));
  yield beat(stage.ms(20, 60), shannon("STREAM_END", lead, "Stream end"));
}
