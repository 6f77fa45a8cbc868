import { after, type Phrases, say } from "./phrase";

/** The run's own life. Its first and last line are drawn by the printer, not here. */
export const runPhrases: Phrases<
  | "run.started"
  | "run.completed"
  | "run.failed"
  | "run.cancelled"
  | "run.expired"
  | "run.pausing"
  | "run.paused"
  | "run.resumed"
  | "run.cancelling"
  | "run.updated"
  | "stream.ended"
  | "progress.reported"
  | "budget.crossed"
  | "error.occurred"
  | "error.recovered"
  | "log.written"
  | "heartbeat.received"
  | "event.unknown"
> = {
  "run.started": (event) => ({ text: `Run started${after(event.summary)}`, detail: true }),
  "run.completed": (event) => ({ text: `Run completed${after(event.text)}`, tone: "good", detail: true }),
  "run.failed": (event) => ({ text: `Run failed${after(event.error?.message ?? event.summary)}`, tone: "bad", detail: true }),
  "run.cancelled": () => ({ text: "Run cancelled", tone: "wait", detail: true }),
  "run.expired": () => ({ text: "Run expired", tone: "wait", detail: true }),
  "run.pausing": () => ({ text: "Pausing", tone: "wait" }),
  "run.paused": () => ({ text: "⏸ Paused", tone: "wait" }),
  "run.resumed": () => ({ text: "Resumed" }),
  "run.cancelling": () => ({ text: "Cancelling", tone: "wait" }),
  "run.updated": (event) => ({ text: `Status${after(event.summary ?? event.text)}`, tone: "dim", detail: true }),
  "stream.ended": () => ({ text: "End of stream", tone: "dim", detail: true }),
  "progress.reported": (event) => {
    const { percent, step, steps } = event.progress ?? {};
    const amount =
      percent !== undefined ? `${Math.round(percent)}%` : step !== undefined && steps !== undefined ? `${step} of ${steps}` : "";
    // The sender's own sentence mostly repeats the figure.
    const what = say(event.name ?? event.text ?? (amount === "" ? event.summary : undefined));
    return { text: `Progress: ${[amount, what].filter((part) => part !== "").join(", ") || "reported"}`, tone: "dim" };
  },
  "budget.crossed": (event) => {
    const { usedPercent, tokensBudget, thresholdPercent } = event.budget ?? {};
    if (usedPercent === undefined) return { text: `Budget${after(event.summary)}`, tone: "wait" };
    const of = tokensBudget === undefined ? "" : ` of ${tokensBudget.toLocaleString("en-US")} tokens`;
    const threshold = thresholdPercent === undefined ? "" : ` (threshold ${thresholdPercent}%)`;
    return { text: `Budget at ${usedPercent}%${of}${threshold}`, tone: "wait" };
  },
  "error.occurred": (event) => ({ text: `Error${after(event.error?.message ?? event.summary)}`, tone: "bad" }),
  "error.recovered": (event) => ({ text: `Recovered${after(event.summary ?? event.text)}`, tone: "good" }),
  "log.written": (event) => {
    const message = say(event.text ?? event.summary);
    if (event.level === "error") return { text: `Error: ${message}`, tone: "bad" };
    if (event.level === "warn") return { text: `Warning: ${message}`, tone: "wait" };
    return { text: message, ...(event.level === "debug" && { tone: "dim" as const, detail: true }) };
  },
  "heartbeat.received": () => ({ text: "Heartbeat", tone: "dim", detail: true }),
  "event.unknown": (event) => ({ text: `Unknown event: ${say(event.source.type, 80) || "without a type"}`, tone: "dim" }),
};
