import { formatMoney } from "@/lib/core/format/format-money";
import { usageTokens } from "@/lib/core/usage/sum";
import { after, call, type Phrases, say } from "./phrase";
import type { TailEvent } from "./tail-event";
import { elapsed } from "./time";

/** Steps, tools, models, words, and what a run leaves behind. */
export const workPhrases: Phrases<
  | "step.started"
  | "step.completed"
  | "step.failed"
  | "tool.called"
  | "tool.returned"
  | "tool.failed"
  | "model.prompted"
  | "model.streamed"
  | "model.completed"
  | "hook.completed"
  | "text.streamed"
  | "text.completed"
  | "artifact.created"
  | "workspace.updated"
  | "plan.updated"
> = {
  "step.started": (event) => ({ text: stepName(event) }),
  "step.completed": (event) => ({ text: `${stepName(event)}${took(event)}`, closes: true }),
  "step.failed": (event) => ({ text: `Step failed${after([event.name, event.error?.message].filter(Boolean).join(": "))}`, tone: "bad" }),
  "tool.called": (event) => ({ text: `Tool: ${toolCall(event)}` }),
  "tool.returned": (event) => ({ text: `Tool: ${call(event.name, event.input)}${took(event)}`, closes: true }),
  "tool.failed": (event) => ({
    text: `Tool failed: ${say(event.name, 80) || "tool"}${after(event.error?.message ?? event.summary)}`,
    tone: "bad",
  }),
  "model.prompted": (event) => ({
    text: `Prompt: ${say(event.usage?.model ?? event.name) || "model"}${after(event.text)}`,
    tone: "dim",
    detail: true,
  }),
  "model.streamed": (event) => ({ text: say(event.text) || "…", tone: "dim", detail: true }),
  "model.completed": (event) => ({ text: `Model: ${modelFigures(event)}`, tone: "dim" }),
  "hook.completed": (event) => ({ text: `Hook: ${say(event.name ?? event.summary) || "completed"}`, tone: "dim", detail: true }),
  "text.streamed": (event) => ({ text: say(event.text) || "…", tone: "dim", detail: true }),
  "text.completed": (event) => ({ text: `Answer${after(event.text ?? event.summary)}` }),
  "artifact.created": (event) => ({ text: `Artifact: ${say(event.name) || "unnamed"}`, tone: "accent" }),
  "workspace.updated": (event) => ({ text: `Workspace updated${after(event.name ?? event.summary)}`, tone: "dim", detail: true }),
  "plan.updated": (event) => ({ text: `Plan updated${after(event.summary ?? event.text)}` }),
};

/** The call; where the sender told its arguments in a sentence only (Shannon, `web_search: q="LLM caching"`), that sentence. */
function toolCall({ name, input, summary }: TailEvent): string {
  const said = say(summary);
  const isCall = input === undefined && said !== "" && (name === undefined || said.startsWith(`${say(name, 80)}: `));
  return isCall ? said : call(name, input);
}

/** `Step: search_web`, but `Step 2` stays as it is. */
function stepName(event: TailEvent): string {
  const name = say(event.name);
  return /^step\b/i.test(name) ? name : `Step: ${name || "unnamed"}`;
}

function took(event: TailEvent): string {
  return event.durationMs === undefined ? "" : ` in ${elapsed(event.durationMs)}`;
}

/** `gpt-5, 350 tokens, $0.0105`: only what was reported; the words where nothing was. */
function modelFigures(event: TailEvent): string {
  const { usage } = event;
  const tokens = usageTokens(usage);
  const parts = [
    say(usage?.model ?? event.name, 60),
    tokens === null ? "" : `${tokens.toLocaleString("en-US")} tokens`,
    usage?.costNanos === undefined ? "" : formatMoney(usage.costNanos),
  ];
  return parts.filter((part) => part !== "").join(", ") || say(event.text ?? event.summary) || "unnamed";
}
