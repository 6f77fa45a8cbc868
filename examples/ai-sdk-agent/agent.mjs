import { stepCountIs, ToolLoopAgent, tool } from "ai";
import { z } from "zod";
import { scriptedModel } from "./scripted-model.mjs";
import { Watchfloor } from "./watchfloor.mjs";

const run = `cleaner-${Date.now()}`;
const floor = new Watchfloor({
  url: process.env.WATCHFLOOR_URL ?? "http://127.0.0.1:3000",
  key: process.env.WATCHFLOOR_API_KEY,
  run,
  way: process.argv.includes("--stream") ? "stream" : "long-poll",
});

const Deletion = z.strictObject({ bucket: z.string(), paths: z.array(z.string()).min(1) });

/** What an agent may do only when a human agrees. It does what was approved, not what it had asked for. */
const deleteFiles = tool({
  description: "Deletes files for good",
  inputSchema: Deletion,
  execute: async (wanted) => {
    console.log("asks      ", JSON.stringify(wanted));
    const question = "These files look unused since March. May I delete them?";
    const { $schema: _, ...schema } = z.toJSONSchema(Deletion);
    const { allowed, input, reason } = await floor.askAboutTool("delete_files", wanted, { question, schema });
    console.log(allowed ? "approved  " : "denied    ", allowed ? JSON.stringify(input) : reason);
    if (!allowed) return { deleted: [], refused: reason };
    await floor.tell("tool_call", { tool_name: "delete_files", phase: "start", input_preview: JSON.stringify(input) });
    const result = { deleted: input.paths };
    await floor.tell("tool_call", { tool_name: "delete_files", phase: "end", output_preview: JSON.stringify(result), duration_ms: 3 });
    return result;
  },
});

const agent = new ToolLoopAgent({
  model: scriptedModel([
    { tool: "delete_files", input: { bucket: "production", paths: ["/"] } },
    { tool: "delete_files", input: { bucket: "staging", paths: ["/old/a.csv", "/old/b.csv"] } },
    "I deleted what I was allowed to delete.",
  ]),
  tools: { delete_files: deleteFiles },
  stopWhen: stepCountIs(5),
});

const prompt = "Clean up what nobody uses";
await floor.tell("run_start", { framework: "ai-sdk", input: { query: prompt } }, { agent_name: "cleaner" });
const { text, totalUsage, steps } = await agent.generate({ prompt });
await floor.tell("run_end", {
  output: { text },
  model: "scripted",
  prompt_tokens: totalUsage.inputTokens,
  completion_tokens: totalUsage.outputTokens,
  total_tokens: totalUsage.totalTokens,
});
console.log("says      ", text);
console.log("run       ", run, `in ${steps.length} steps`);
