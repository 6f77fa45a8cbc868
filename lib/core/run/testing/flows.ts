import type { Dialect } from "../../dialect";
import type { CanonicalEvent } from "../../events/canonical";
import type { LoggedEvent } from "../../events/logged";

const startMs = Date.UTC(2025, 0, 20, 10);

/** How a flow's events are ordered: by the sender's sequence, by its clock, or by both. */
type Ordering = "sequence" | "clock" | "both";

export type Flow = {
  readonly name: string;
  readonly dialect: Dialect;
  readonly ordering: Ordering;
  readonly events: readonly CanonicalEvent[];
};

/** The log of a flow whose events arrive in the order of `arrival`, by place in the sender's own order. */
export function logOf(flow: Flow, arrival: readonly number[] = flow.events.map((_, place) => place)): LoggedEvent[] {
  return arrival.map((place, index) => {
    const event: CanonicalEvent = flow.events[place] ?? { type: "event.unknown" };
    return {
      ...event,
      ...(flow.ordering === "clock" ? {} : { sourceSeq: place + 1 }),
      occurredAtMs: startMs + place * (flow.ordering === "sequence" ? 0 : 700),
      seq: index + 1,
      receivedAtMs: startMs + 60_000 + index,
      source: { dialect: flow.dialect, type: event.type },
    };
  });
}

const call = (agent: string, total: number, costNanos?: number): CanonicalEvent => ({
  type: "model.completed",
  agent,
  name: "gpt-5",
  text: "Revenue increased 15% YoY",
  durationMs: 500,
  usage: {
    scope: "call",
    model: "gpt-5",
    provider: "openai",
    input: total - 150,
    output: 150,
    total,
    ...(costNanos === undefined ? {} : { costNanos }),
  },
});

const shannonTask: readonly CanonicalEvent[] = [
  { type: "run.started", agent: "orchestrator", run: { query: "Analyze Q4 sales data", mode: "STANDARD", sessionId: "sess-123" } },
  {
    type: "team.recruited",
    team: {
      size: 2,
      members: [
        { agent: "data-analyst", role: "analyst" },
        { agent: "writer", role: "report_generation" },
      ],
    },
  },
  {
    type: "delegation.started",
    agent: "orchestrator",
    edge: { from: "orchestrator", to: "data-analyst" },
    summary: "Analyze revenue trends",
  },
  { type: "agent.started", agent: "data-analyst", role: "analyst", summary: "Analyze revenue trends" },
  { type: "agent.thought", agent: "data-analyst", text: "I need to load the CSV first", summary: "Analyzing data structure..." },
  { type: "model.prompted", agent: "data-analyst", name: "gpt-5" },
  { type: "model.streamed", agent: "data-analyst", text: "Revenue" },
  { type: "model.streamed", agent: "data-analyst", text: " increased" },
  call("data-analyst", 350, 10_500_000),
  { type: "tool.called", agent: "data-analyst", name: "csv_loader", summary: "Invoking tool: csv_loader" },
  { type: "tool.returned", agent: "data-analyst", name: "csv_loader", durationMs: 450 },
  { type: "tool.called", agent: "data-analyst", name: "csv_loader", summary: "once more" },
  { type: "tool.returned", agent: "data-analyst", name: "csv_loader", durationMs: 400 },
  { type: "tool.returned", agent: "data-analyst", name: "pandas", durationMs: 300 },
  { type: "model.streamed", agent: "data-analyst", text: "Now" },
  call("data-analyst", 420),
  { type: "error.occurred", agent: "data-analyst", error: { message: "Connection timeout", code: "DATABASE_ERROR", recoverable: true } },
  { type: "error.recovered", agent: "data-analyst", summary: "retry_connection" },
  {
    type: "approval.requested",
    agent: "data-analyst",
    summary: "Approval requested for file system access",
    approval: { id: "appr-123", kind: "tool", tool: "file_system", risk: "HIGH", arguments: { file_path: "/data/critical.db" } },
  },
  { type: "approval.decided", approval: { id: "appr-123", decision: "approved", decidedBy: "user-456" } },
  { type: "message.sent", agent: "orchestrator", edge: { from: "orchestrator", to: "writer" }, text: "Please write" },
  { type: "message.received", agent: "writer", edge: { from: "orchestrator", to: "writer" }, text: "Please write" },
  { type: "agent.completed", agent: "data-analyst", durationMs: 8_000, usage: { scope: "agent", total: 1_200, costNanos: 18_000_000 } },
  { type: "agent.started", agent: "writer", parentAgent: "orchestrator" },
  call("writer", 900, 27_000_000),
  { type: "agent.failed", agent: "writer", error: { message: "CSV file not found", code: "TOOL_EXECUTION_FAILED", recoverable: true } },
  { type: "agent.started", agent: "writer", parentAgent: "orchestrator", summary: "second try" },
  { type: "agent.completed", agent: "writer" },
  {
    type: "budget.crossed",
    agent: "budget-manager",
    budget: { usedPercent: 85, thresholdPercent: 80, tokensUsed: 8_500, tokensBudget: 10_000 },
  },
  { type: "team.retired", team: { size: 2 } },
  {
    type: "run.completed",
    text: "Analysis complete",
    durationMs: 45_000,
    usage: { scope: "run", total: 5_420, costNanos: 81_400_000 },
  },
  { type: "stream.ended" },
];

const shannonPaused: readonly CanonicalEvent[] = [
  { type: "run.started", agent: "orchestrator", run: { query: "Migrate the store" } },
  { type: "tool.called", name: "file_system" },
  { type: "approval.requested", summary: "Needs approval: file_system" },
  { type: "approval.decided", approval: { decision: "denied" } },
  { type: "approval.requested", summary: "Needs approval: code_execution" },
  { type: "approval.decided", approval: { decision: "approved" } },
  { type: "run.pausing" },
  { type: "run.paused" },
  { type: "run.resumed" },
  { type: "error.occurred", error: { message: "BUDGET_EXCEEDED", recoverable: false } },
  { type: "error.occurred", error: { message: "retrying", recoverable: true } },
  { type: "run.failed" },
  { type: "tool.returned", name: "file_system", durationMs: 5 },
];

const agentOs: readonly CanonicalEvent[] = [
  { type: "run.started", agent: "research-agent", run: { framework: "langgraph", query: "What is the weather in Zurich?" } },
  { type: "step.started", name: "search_web" },
  { type: "tool.called", name: "web_search", summary: "Zurich weather today" },
  { type: "tool.returned", name: "web_search", durationMs: 740 },
  { type: "step.completed", name: "search_web", durationMs: 890 },
  { type: "step.completed", name: "format", durationMs: 20 },
  { type: "approval.requested", approval: { kind: "input", question: "Should we deploy to production?", channel: "slack" } },
  { type: "approval.decided", approval: { decision: "answered", answer: "yes", decidedBy: "tobias" } },
  { type: "approval.requested", approval: { kind: "input", question: "And to staging?" } },
  {
    type: "run.completed",
    output: { answer: "It is 12°C and cloudy." },
    usage: { scope: "run", model: "gpt-4", input: 150, output: 45, total: 195, costNanos: 2_300_000 },
  },
];

const question: CanonicalEvent = { type: "approval.requested", agent: "a", approval: { kind: "input", question: "Go on?" } };
const answer: CanonicalEvent = { type: "approval.decided", approval: { decision: "answered", answer: "yes" } };

/** A node that is run anew asks again, another agent asks the same, and an answer leaves what is asked after it. */
const agentOsAskedAgain: readonly CanonicalEvent[] = [
  { type: "run.started" },
  question,
  { ...question, agent: "b" },
  question,
  answer,
  question,
  answer,
];

const agentOsWaiting: readonly CanonicalEvent[] = agentOs.slice(0, -1);

const askedTool = (name: string, callId: string, came: Partial<CanonicalEvent>): readonly CanonicalEvent[] => [
  { type: "tool.called", name, callId, input: { to: "ops@example.com" } },
  { type: "approval.requested", name, approval: { kind: "tool", tool: name, arguments: { to: "ops@example.com" } } },
  { type: "tool.returned", name, callId, durationMs: 200, ...came },
];

const powabaseAsked: readonly CanonicalEvent[] = [
  { type: "run.started", agent: "mailer" },
  { type: "tool.called", name: "search", callId: "c0" },
  { type: "tool.returned", name: "search", callId: "c0", durationMs: 100, output: "found" },
  ...askedTool("send_email", "c1", { output: "sent" }),
  ...askedTool("delete_file", "c2", {
    ...{ type: "tool.failed", error: { message: "Denied by user: not now" } },
    approval: { kind: "tool", tool: "delete_file", decision: "denied", comment: "not now" },
  }),
  ...askedTool("send_email", "c3", { output: "sent again" }),
  { type: "run.completed" },
];

const powabase: readonly CanonicalEvent[] = [
  { type: "run.started", run: { sessionId: "s1" } },
  { type: "step.started", callId: "1", name: "Step 1" },
  { type: "tool.called", callId: "call_1", name: "delegate_to_writer", edge: { to: "writer" } },
  { type: "delegation.started", callId: "child_1", edge: { to: "writer" } },
  { type: "step.started", callId: "1", name: "Step 1" },
  { type: "text.streamed", text: "Dear" },
  { type: "tool.called", callId: "call_9", name: "lookup" },
  { type: "tool.returned", callId: "call_9", name: "lookup", durationMs: 30 },
  { type: "tool.called", callId: "call_10", name: "lookup" },
  { type: "tool.failed", callId: "call_10", name: "lookup", error: { message: "no such row" } },
  { type: "step.completed", callId: "1", name: "Step 1" },
  {
    type: "delegation.completed",
    agent: "writer",
    callId: "child_1",
    edge: { to: "writer" },
    usage: { scope: "agent", input: 300, output: 90 },
  },
  { type: "tool.returned", callId: "call_1", name: "delegate_to_writer", durationMs: 5_000 },
  { type: "step.completed", callId: "1", name: "Step 1" },
  { type: "step.started", callId: "2", name: "Step 2" },
  { type: "approval.requested", approval: { tool: "send_mail", arguments: { to: "a@b.c" } } },
  { type: "approval.decided", approval: { decision: "timeout" } },
  { type: "step.completed", callId: "2", name: "Step 2" },
  { type: "text.completed", text: "Dear reader" },
  {
    type: "run.completed",
    text: "Dear reader",
    usage: { scope: "run", input: 1_000, output: 200, cachedRead: 400, rule: "cached-in-input" },
  },
];

const crewship: readonly CanonicalEvent[] = [
  { type: "run.started" },
  { type: "agent.started", agent: "Researcher", summary: "Research AI trends" },
  { type: "tool.called", name: "web_search", summary: "AI agents 2024" },
  { type: "log.written", level: "info", text: "Found 15 relevant results" },
  { type: "tool.returned", name: "web_search" },
  { type: "agent.completed", agent: "Researcher" },
  { type: "agent.started", agent: "Writer" },
  { type: "tool.called", name: "render" },
  { type: "tool.failed", name: "render", error: { message: "no font" } },
  { type: "tool.called", name: "render" },
  { type: "artifact.created", name: "report.md", artifact: { bytes: 1_200, contentType: "text/markdown" } },
  { type: "run.cancelled" },
];

const resonant: readonly CanonicalEvent[] = [
  { type: "run.started", agent: "agent_lead", run: { sessionId: "sess_123", query: "Research AI trends" } },
  { type: "task.assigned", callId: "task_456", name: "Research competitor pricing", edge: { from: "agent_lead", to: "agent_789" } },
  { type: "step.completed", callId: "1", name: "tool_call", durationMs: 200 },
  { type: "step.completed", callId: "2", name: "tool_call", durationMs: 300 },
  { type: "step.completed", callId: "3", name: "output", durationMs: 100 },
  { type: "task.completed", callId: "task_456", edge: { to: "agent_789" }, durationMs: 5_000 },
  { type: "run.failed", agent: "agent_lead", error: { message: "Session timed out after 300 seconds", code: "timeout" } },
];

const retried: readonly CanonicalEvent[] = [
  { type: "run.started", agent: "a" },
  { type: "tool.called", agent: "a", name: "load" },
  { type: "approval.requested", agent: "a", approval: { id: "one", question: "Go on?" } },
  { type: "run.failed", error: { message: "first try" } },
  { type: "run.started", agent: "a" },
  { type: "tool.called", agent: "a", name: "load" },
  { type: "tool.returned", agent: "a", name: "load" },
  { type: "approval.requested", agent: "a", approval: { id: "two", question: "Sure?" } },
  { type: "approval.decided", approval: { id: "two", decision: "approved" } },
  { type: "run.completed", text: "second try" },
  { type: "approval.requested", agent: "a", approval: { id: "three", question: "Still there?" } },
  { type: "text.completed", agent: "a", text: "By the way" },
];

/** The example flows of the five systems, in our own words. */
export const flows: readonly Flow[] = [
  { name: "Shannon: a team with an approval, a failed agent and a budget", dialect: "shannon", ordering: "both", events: shannonTask },
  { name: "Shannon: the same without clocks", dialect: "shannon", ordering: "sequence", events: shannonTask },
  { name: "Shannon: approvals without ids, a pause, a failure", dialect: "shannon", ordering: "both", events: shannonPaused },
  { name: "a run that fails, is started anew and succeeds", dialect: "shannon", ordering: "both", events: retried },
  { name: "agent-os: steps, tools, a human who answers", dialect: "agent-os", ordering: "clock", events: agentOs },
  { name: "agent-os: a question that is asked again", dialect: "agent-os", ordering: "clock", events: agentOsAskedAgain },
  { name: "agent-os: still waiting for a human", dialect: "agent-os", ordering: "clock", events: agentOsWaiting },
  { name: "Powabase: tools that a human was asked about, and others", dialect: "powabase", ordering: "both", events: powabaseAsked },
  { name: "Powabase: a coordinator and its delegate", dialect: "powabase", ordering: "clock", events: powabase },
  { name: "Crewship: two agents, cancelled", dialect: "crewship", ordering: "clock", events: crewship },
  { name: "ResonantGenesis: a session that times out", dialect: "resonant", ordering: "clock", events: resonant },
];
