import { describe, expect, test } from "vitest";
import { typeFilter } from "@/lib/core/events/type-filter";
import { colourPalette, plainPalette } from "./palette";
import { createRunPrinter, type Outcome, type PrinterOptions } from "./run-printer";
import { TailEvent } from "./tail-event";

type Fields = { readonly type: string; readonly at?: string; readonly [field: string]: unknown };

function event(seq: number, { at = "10:30:00", ...fields }: Fields): TailEvent {
  const when = `2024-01-15T${at}.000Z`;
  return TailEvent.parse({ seq, occurredAt: when, receivedAt: when, source: { dialect: "crewship", type: fields.type }, ...fields });
}

function draw(events: readonly Fields[], options: Partial<PrinterOptions> = {}, outcome?: Outcome): string {
  const printer = createRunPrinter({ runId: "run_abc123", palette: plainPalette, utc: true, all: false, filter: null, ...options });
  const lines = events.flatMap((fields, index) => printer.lines(event(index + 1, fields)));
  return [...lines, ...(outcome === undefined ? [] : [printer.final(outcome)])].join("\n");
}

const seedRun: readonly Fields[] = [
  { type: "run.started", at: "10:30:01" },
  { type: "log.written", at: "10:30:01", level: "info", text: "Starting crew execution" },
  { type: "agent.started", at: "10:30:02", agent: "Researcher", text: "Research AI trends" },
  { type: "tool.called", at: "10:30:05", name: "web_search", input: "AI agents 2024" },
  { type: "tool.returned", at: "10:30:11", name: "web_search", output: "15 results" },
  { type: "agent.completed", at: "10:30:12", agent: "Researcher" },
  { type: "agent.started", at: "10:30:13", agent: "Writer" },
  { type: "agent.completed", at: "10:30:45", agent: "Writer" },
  { type: "artifact.created", at: "10:30:46", name: "report.md" },
  { type: "run.completed", at: "10:30:46", durationMs: 45_200 },
];

describe("a run in the terminal", () => {
  test("looks exactly like the seed's example (Crewship, Streaming via CLI)", () => {
    expect(draw(seedRun, {}, { status: "succeeded", durationMs: 45_200 })).toBe(
      [
        "▶ Run started: run_abc123",
        "├─ [10:30:01] Starting crew execution",
        "├─ [10:30:02] Researcher agent starting task",
        '├─ [10:30:05] Tool: web_search("AI agents 2024")',
        "├─ [10:30:12] Researcher agent completed task",
        "├─ [10:30:13] Writer agent starting task",
        "├─ [10:30:45] Writer agent completed task",
        "├─ [10:30:46] Artifact: report.md",
        "✅ Run completed in 45.2s",
      ].join("\n"),
    );
  });

  test.each([
    [{ status: "failed", durationMs: 12_300, error: "provider rate limit" }, "❌ Run failed after 12.3s: provider rate limit"],
    [{ status: "failed", durationMs: null }, "❌ Run failed"],
    [{ status: "cancelled", durationMs: 3_200 }, "🛑 Run cancelled after 3.2s"],
    [{ status: "expired", durationMs: 1_800_000 }, "⌛ Run expired after 30m 00s"],
    [{ status: "succeeded", durationMs: 840 }, "✅ Run completed in 840ms"],
  ] satisfies [Outcome, string][])("ends with its own line: %j", (outcome, line) => {
    expect(draw([], {}, outcome)).toBe(line);
  });

  test.each([
    [{ type: "tool.called", name: "web_search", summary: 'web_search: q="LLM caching"' }, 'Tool: web_search: q="LLM caching"'],
    [{ type: "tool.called", name: "csv_loader", summary: "Invoking tool: csv_loader" }, "Tool: csv_loader()"],
    [{ type: "tool.called", summary: "Looks something up" }, "Tool: Looks something up"],
    [{ type: "tool.called" }, "Tool: tool()"],
    [{ type: "model.completed", text: "Final summary of findings..." }, "Model: Final summary of findings..."],
    [{ type: "model.completed", text: "Hi", usage: { scope: "call", model: "gpt-5", total: 350 } }, "Model: gpt-5, 350 tokens"],
    [{ type: "model.completed" }, "Model: unnamed"],
    [{ type: "wait.reported", name: "subtask-2", text: "dependency_not_satisfied" }, "Waiting for subtask-2: dependency_not_satisfied"],
  ] satisfies [Fields, string][])("says what the seed's own shortest examples say: %j", (fields, line) => {
    expect(draw([fields]).split("\n").at(-1)).toBe(`├─ [10:30:00] ${line}`);
  });

  test("a wait for a human and its decision are shown with tool and arguments", () => {
    const request = { tool: "file_system", arguments: { path: "/data/critical.db", action: "delete" } };
    expect(
      draw([
        { type: "run.started" },
        { type: "approval.requested", approval: request },
        { type: "approval.decided", approval: { decision: "denied", decidedBy: "sam", comment: "keep it" } },
        { type: "approval.requested", approval: { question: "Deploy to production?" } },
        { type: "approval.decided", approval: { decision: "answered", decidedBy: "sam", answer: "yes" } },
      ]),
    ).toBe(
      [
        "▶ Run started: run_abc123",
        '├─ [10:30:00] ⏸ Waiting for a human: file_system(path: "/data/critical.db", action: "delete")',
        "├─ [10:30:00] Denied by sam: keep it",
        "├─ [10:30:00] ⏸ Waiting for a human: Deploy to production?",
        "├─ [10:30:00] Answered by sam: yes",
      ].join("\n"),
    );
  });

  test("agents are nested below the agent that was declared to have sent them, to any declared depth", () => {
    expect(
      draw([
        { type: "run.started", agent: "lead" },
        { type: "team.recruited", agent: "lead", team: { members: [{ agent: "researcher" }, { agent: "writer" }] } },
        { type: "agent.started", agent: "researcher" },
        { type: "delegation.started", agent: "researcher", edge: { from: "researcher", to: "reader" }, text: "read the paper" },
        { type: "agent.started", agent: "reader" },
        { type: "tool.called", agent: "reader", name: "fetch", input: { url: "https://example.org" } },
        { type: "tool.called", agent: "writer", name: "draft", input: {} },
      ]),
    ).toBe(
      [
        "▶ Run started: run_abc123",
        "├─ [10:30:00] Team recruited: researcher, writer",
        "│  ├─ [10:30:00] researcher agent starting task",
        "│  ├─ [10:30:00] Delegated to reader: read the paper",
        "│  │  ├─ [10:30:00] reader agent starting task",
        '│  │  ├─ [10:30:00] Tool: fetch(url: "https://example.org")',
        "│  ├─ [10:30:00] writer · Tool: draft()",
      ].join("\n"),
    );
  });

  test("agents that declare each other as parents do not hang the tree", () => {
    const loop: Fields[] = [
      { type: "agent.started", agent: "a", parentAgent: "b" },
      { type: "agent.started", agent: "b", parentAgent: "a" },
      { type: "agent.started", agent: "c", parentAgent: "c" },
    ];
    expect(draw(loop).split("\n").slice(1)).toEqual([
      "│  ├─ [10:30:00] a agent starting task",
      "├─ [10:30:00] b agent starting task",
      "├─ [10:30:00] c agent starting task",
    ]);
  });

  test("deltas, prompts and plain results stay out unless asked for", () => {
    const run: Fields[] = [
      { type: "run.started" },
      { type: "model.prompted", usage: { model: "gpt-5" } },
      { type: "model.streamed", text: "Based on the analysis" },
      { type: "model.completed", usage: { model: "gpt-5", total: 350, costNanos: 10_500_000 } },
      { type: "tool.called", name: "csv_loader" },
      { type: "tool.returned", name: "csv_loader", durationMs: 450 },
    ];
    expect(draw(run).split("\n").slice(1)).toEqual(["├─ [10:30:00] Model: gpt-5, 350 tokens, $0.0105", "├─ [10:30:00] Tool: csv_loader()"]);
    expect(draw(run, { all: true }).split("\n").slice(1)).toEqual([
      "├─ [10:30:00] Prompt: gpt-5",
      "├─ [10:30:00] Based on the analysis",
      "├─ [10:30:00] Model: gpt-5, 350 tokens, $0.0105",
      "├─ [10:30:00] Tool: csv_loader()",
      "├─ [10:30:00] Tool: csv_loader() in 450ms",
    ]);
  });

  test("tokens and money are those of every other view: cached tokens counted by the sender's rule, no cent lost in rounding", () => {
    const model = (usage: object) =>
      draw([{ type: "model.completed", usage: { model: "gpt-5", ...usage } }])
        .split(": ")
        .at(-1);
    const cached = { input: 100, output: 20, cachedRead: 30 };
    expect(model({ ...cached, rule: "cached-beside-input", costNanos: 0 })).toBe("gpt-5, 150 tokens, $0.00");
    expect(model({ ...cached, rule: "cached-in-input", costNanos: 999_960_000 })).toBe("gpt-5, 120 tokens, $1.00");
  });

  test("a result whose call was never seen is shown, so that no work stays invisible", () => {
    expect(draw([{ type: "step.completed", name: "tool_call", durationMs: 1_234 }])).toBe(
      "▶ Run: run_abc123\n├─ [10:30:00] Step: tool_call in 1.2s",
    );
  });

  test("a type filter takes our words, the sender's words and wildcards", () => {
    const filtered = draw(seedRun, { filter: typeFilter(new URLSearchParams({ types: "tool.*, ARTIFACT.created" })) });
    expect(filtered.split("\n")).toEqual([
      "▶ Run started: run_abc123",
      '├─ [10:30:05] Tool: web_search("AI agents 2024")',
      "├─ [10:30:11] Tool: web_search()",
      "├─ [10:30:46] Artifact: report.md",
    ]);
  });

  test("a budget and an unknown event say what they are", () => {
    expect(
      draw([
        { type: "budget.crossed", budget: { usedPercent: 85, thresholdPercent: 80, tokensBudget: 10_000 } },
        { type: "event.unknown", source: { dialect: "shannon", type: "LEAD_MOOD" } },
        { type: "crew.danced", source: { dialect: "crewship", type: "crew.danced" } },
      ])
        .split("\n")
        .slice(1),
    ).toEqual([
      "├─ [10:30:00] Budget at 85% of 10,000 tokens (threshold 80%)",
      "├─ [10:30:00] Unknown event: LEAD_MOOD",
      "├─ [10:30:00] Unknown event: crew.danced",
    ]);
  });

  test("untrusted text cannot reach the terminal as control sequences", () => {
    const hostile = "\u001b[2J\u001b]0;owned\u0007safe\u202e\nnext\u009b31m\u2028line";
    const drawn = draw([{ type: "run.started" }, { type: "log.written", text: hostile }, { type: "agent.started", agent: hostile }], {
      runId: hostile,
    });
    expect(drawn).toBe("▶ Run started: safe next line\n├─ [10:30:00] safe next line\n├─ [10:30:00] safe next line agent starting task");
  });

  test("colours are added around the text, never inside it", () => {
    expect(draw([{ type: "run.started" }], { palette: colourPalette }, { status: "succeeded", durationMs: 1_000 })).toBe(
      "\u001b[36m▶\u001b[39m Run started: run_abc123\n✅ \u001b[32mRun completed in 1.0s\u001b[39m",
    );
  });
});
