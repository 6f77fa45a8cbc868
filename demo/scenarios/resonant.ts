import type { JsonObject } from "@/lib/core/json";
import { beat } from "../beats";
import type { Beat, Scenario, Script, Stage } from "../scenario";
import { topics } from "./topics";

/** A session of numbered steps; one in five fails. */
export const resonantSession: Scenario = {
  name: "resonant-session",
  dialect: "resonant",
  delivery: "batch",
  open: (stage) => {
    const runId = `sess_${stage.random.hex(10)}`;
    return { runId, script: session(stage, runId) };
  },
};

/** A team whose lead hands out tasks. */
export const resonantTeam: Scenario = {
  name: "resonant-team",
  dialect: "resonant",
  delivery: "batch",
  open: (stage) => {
    const runId = `exec_${stage.random.hex(10)}`;
    return { runId, script: team(stage, runId) };
  },
};

/** What happens on the platform outside any run: sign-ins, settings, invoices, deliveries. */
export const resonantPlatform: Scenario = {
  name: "resonant-platform",
  dialect: "resonant",
  delivery: "batch",
  open: (stage) => ({ runId: null, script: platform(stage) }),
};

function event(type: string, fields: JsonObject): JsonObject {
  return { type, data: fields };
}

function* session(stage: Stage, id: string): Script {
  const { random } = stage;
  const topic = random.pick(topics);
  const agent = `agent_${random.hex(6)}`;
  const model = random.pick(["gpt-5", "claude-sonnet-4-5", "gemini-2.5-pro"]);
  yield beat(0, event("session.started", { session_id: id, agent_id: agent, goal: topic.query, model }));
  const steps = random.int(4, 8);
  let tokens = 0;
  for (let step = 1; step <= steps; step += 1) {
    const durationMs = stage.ms(1_400, 7_700);
    tokens += random.int(200, 1_400);
    const kind: JsonObject =
      step % 2 === 1
        ? { step_type: "reasoning" }
        : { step_type: "tool_call", tool: random.pick(["web_search", "calculator", "fetch_page"]) };
    yield beat(durationMs, event("session.step.completed", { session_id: id, step_number: step, ...kind, duration_ms: durationMs }));
  }
  if (random.chance(0.2)) {
    const error = { error_code: "timeout", error_message: "Session timed out after 300 seconds", step_number: steps };
    yield beat(stage.ms(1_000, 2_200), event("session.failed", { session_id: id, agent_id: agent, ...error }));
    return;
  }
  yield beat(
    stage.ms(200, 500),
    event("session.completed", { session_id: id, agent_id: agent, status: "completed", steps, tokens_used: tokens }),
  );
}

function* team(stage: Stage, id: string): Script {
  const { random } = stage;
  const topic = random.pick(topics);
  const teamId = `team_${random.hex(6)}`;
  const lead = "agent_lead";
  let elapsedMs = 0;
  yield beat(0, event("execution.started", { execution_id: id, team_id: teamId, agent_id: lead, goal: topic.query }));
  for (const [index, search] of topic.searches.entries()) {
    const worker = `agent_${["north", "east", "south"][index] ?? "west"}`;
    const task = `task_${random.hex(6)}`;
    const assigned = { team_id: teamId, execution_id: id, task_id: task, assigned_to: worker, assigned_by: lead, task_description: search };
    yield beat(stage.ms(200, 600), event("team.task.assigned", assigned));
    const durationMs = stage.ms(3_600, 12_000);
    elapsedMs += durationMs;
    yield beat(
      durationMs,
      event("team.task.completed", {
        team_id: teamId,
        execution_id: id,
        task_id: task,
        completed_by: worker,
        result: "success",
        duration_ms: durationMs,
      }),
    );
    const progress = {
      execution_id: id,
      percentage: Math.round(((index + 1) / topic.searches.length) * 100),
      message: `${index + 1} of ${topic.searches.length} tasks`,
    };
    yield beat(stage.ms(50, 150), event("execution.progress", progress));
  }
  const done = { team_id: teamId, execution_id: id, status: "completed", agents_used: 4, total_steps: 6, duration_ms: elapsedMs };
  yield beat(stage.ms(200, 500), event("team.execution.completed", done));
}

function* platform(stage: Stage): Script {
  const { random } = stage;
  const user = `user_${random.hex(4)}`;
  const invoice = `inv_${random.hex(6)}`;
  const agent = `agent_${random.hex(6)}`;
  const amount = random.int(19, 199);
  const login = { user_id: user, method: "password", ip_address: `192.0.2.${random.int(1, 254)}`, user_agent: "Mozilla/5.0" };
  const changes = { notification_email: { old: false, new: true } };
  const all: readonly [Beat, ...Beat[]] = [
    beat(0, event("user.login", login)),
    beat(stage.ms(2_000, 6_000), event("user.settings.updated", { user_id: user, changes })),
    beat(
      stage.ms(2_000, 6_000),
      event("agent.created", { agent_id: agent, name: "Night Desk", model: "gpt-5", tools: ["web_search"], created_by: user }),
    ),
    beat(
      stage.ms(2_000, 6_000),
      event("webhook.sent", {
        webhook_id: "wh_desk",
        delivery_id: `del_${random.hex(6)}`,
        url: "https://hooks.example/desk",
        status_code: 200,
        duration_ms: 84,
      }),
    ),
    beat(
      stage.ms(2_000, 6_000),
      event("billing.invoice.created", {
        invoice_id: invoice,
        amount,
        currency: "USD",
        period_start: "2026-02-01",
        period_end: "2026-02-28",
      }),
    ),
  ];
  yield* all;
  const payment = { payment_id: `pay_${random.hex(6)}`, invoice_id: invoice, amount, currency: "USD" };
  if (random.chance(0.3)) yield beat(stage.ms(2_400, 7_200), event("billing.payment.failed", { ...payment, error: "Card declined" }));
  else yield beat(stage.ms(2_400, 7_200), event("billing.payment.succeeded", { ...payment, method: "card" }));
}
