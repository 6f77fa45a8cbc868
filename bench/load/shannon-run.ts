type Event = Readonly<Record<string, unknown>>;

/** What repeats itself in a run after its start: an agent that asks a model and uses tools until it is done. */
const beats = [
  "AGENT_STARTED",
  "LLM_PROMPT",
  "LLM_OUTPUT",
  "TOOL_INVOKED",
  "TOOL_OBSERVATION",
  "LLM_OUTPUT",
  "TOOL_INVOKED",
  "TOOL_OBSERVATION",
  "LLM_PROMPT",
  "LLM_OUTPUT",
  "AGENT_COMPLETED",
] as const;

const roles = ["researcher", "analyst", "planner", "coder", "reviewer", "writer"];
const tools = ["web_search", "web_fetch", "python_executor", "file_read", "csv_loader", "calculator"];
const sentence =
  "Quarterly revenue of the three largest suppliers differs by more than the tolerance that the brief allows, so the figures are read again from the filings before the comparison goes on.";

/** Writes one Shannon run, event by event, as JSON text of about 600 bytes each. The sender's sequence is 1..N. */
export class ShannonRun {
  readonly runId: string;
  readonly #startMs: number;
  #seq = 0;

  constructor(runId: string, startMs: number) {
    this.runId = runId;
    this.#startMs = startMs;
  }

  /** The run as it goes on behind its first `length` events. */
  static resume(runId: string, startMs: number, length: number): ShannonRun {
    const run = new ShannonRun(runId, startMs);
    run.#seq = length;
    return run;
  }

  /** Events written so far; also the sender's sequence of the latest. */
  get length(): number {
    return this.#seq;
  }

  next(): string {
    this.#seq += 1;
    return JSON.stringify(this.#seq === 1 ? this.#started() : this.#event());
  }

  #common(type: string, agent: string): Event {
    const atMs = this.#startMs + this.#seq * 40;
    return {
      workflow_id: this.runId,
      type,
      agent_id: agent,
      timestamp: new Date(atMs).toISOString(),
      seq: this.#seq,
      stream_id: `${atMs}-${this.#seq % 10}`,
    };
  }

  #started(): Event {
    const payload = { query: `Compare the suppliers' filings (${this.runId}). ${sentence}`, mode: "standard", session_id: "session-1" };
    return { ...this.#common("WORKFLOW_STARTED", "orchestrator"), message: "Workflow started", payload };
  }

  #event(): Event {
    const place = this.#seq - 2;
    const cycle = Math.floor(place / beats.length);
    const beat = beats[place % beats.length] as (typeof beats)[number];
    const role = roles[cycle % roles.length] as string;
    const agent = `${role}-${(cycle % 24) + 1}`;
    // The two calls of a cycle go to two tools, and each result names the tool of its call.
    const tool = tools[(cycle * 2 + (place % beats.length >= 6 ? 1 : 0)) % tools.length] as string;
    const { message, payload } = said(beat, { seq: this.#seq, cycle, role, tool });
    return { ...this.#common(beat, agent), message, payload: { role, ...payload } };
  }
}

type Scene = { readonly seq: number; readonly cycle: number; readonly role: string; readonly tool: string };

function said(beat: (typeof beats)[number], { seq, cycle, role, tool }: Scene): { message: string; payload: Event } {
  switch (beat) {
    case "AGENT_STARTED":
      return { message: `Agent ${role} started on part ${cycle}`, payload: { parent_agent_id: "orchestrator", subtask: sentence } };
    case "LLM_PROMPT":
      return { message: "Prompt sent", payload: { model: "gpt-4o-mini", sanitized_prompt: `${sentence} Part ${seq}. ${sentence}` } };
    case "LLM_OUTPUT":
      return { message: `${sentence} (${seq})`, payload: { output: sentence, ...usageOf(seq) } };
    case "TOOL_INVOKED":
      return { message: `Invoking tool: ${tool}`, payload: { tool, params: { query: `${sentence} ${seq}`, limit: 20, locale: "en" } } };
    case "TOOL_OBSERVATION":
      return {
        message: `Tool result: ${tool}`,
        payload: { tool, result: `${seq} rows. ${sentence}`, duration_ms: 120 + (seq % 400), success: true },
      };
    case "AGENT_COMPLETED":
      return { message: `Agent ${role} finished part ${cycle}`, payload: { result: sentence, duration_ms: 400 + (seq % 900) } };
  }
}

/** Tokens and cost of the model call at this place of a run. Cost in whole micro-dollars, so that sums can be checked exactly. */
export function usageOf(seq: number) {
  const input = 400 + (seq % 700);
  const output = 60 + (seq % 130);
  return {
    model_used: "gpt-4o-mini",
    provider: "openai",
    input_tokens: input,
    output_tokens: output,
    tokens_used: input + output,
    cost_usd: (input + 4 * output) / 1_000_000,
    duration_ms: 300 + (seq % 1500),
  };
}
