import type { JsonObject } from "@/lib/core/json";
import { beat } from "../beats";
import type { Beat, Scenario, Script, Stage } from "../scenario";
import { type Topic, topics } from "./topics";

/** A crew of two that leaves a report behind. */
export const crewshipReport: Scenario = {
  name: "crewship-report",
  dialect: "crewship",
  delivery: "stream",
  open: (stage) => {
    const runId = `run_${stage.random.hex(10)}`;
    return { runId, script: report(stage, runId) };
  },
};

/** A crew whose source goes away. */
export const crewshipFailure: Scenario = {
  name: "crewship-failure",
  dialect: "crewship",
  delivery: "stream",
  open: (stage) => {
    const runId = `run_${stage.random.hex(10)}`;
    return { runId, script: failure(stage, runId) };
  },
};

/** The word goes into the frame's `event:` line; the envelope adds `id:` and the timestamp. */
function crew(type: string, fields: JsonObject): JsonObject {
  return { type, ...fields };
}

function started(runId: string, topic: Topic): Beat {
  return beat(0, crew("run.started", { run_id: runId, entrypoint: "report_crew", input: { topic: topic.short } }));
}

function log(stage: Stage, level: string, message: string): Beat {
  return beat(stage.ms(80, 250), crew("log", { level, message }));
}

function* task(stage: Stage, work: { agent: string; task: string; inside: readonly Beat[]; output: string }): Script {
  yield beat(stage.ms(150, 400), crew("agent.started", { agent: work.agent, task: work.task }));
  yield* work.inside;
  yield beat(stage.ms(1_000, 3_600), crew("agent.completed", { agent: work.agent, task: work.task, output: work.output }));
}

function tool(stage: Stage, name: string, call: { input: JsonObject | string; output: string }): Beat[] {
  return [
    beat(stage.ms(1_000, 2_900), crew("tool.called", { tool: name, input: call.input })),
    beat(stage.ms(1_400, 6_700), crew("tool.result", { tool: name, output: call.output })),
  ];
}

function* report(stage: Stage, runId: string): Script {
  const topic = stage.random.pick(topics);
  yield started(runId, topic);
  yield log(stage, "info", "Starting crew execution");
  const searches = [
    ...tool(stage, "web_search", { input: topic.searches[0], output: topic.findings[0] }),
    log(stage, "info", `Found ${stage.random.int(8, 24)} relevant results`),
    ...tool(stage, "read_page", { input: { url: "https://library.example/report" }, output: topic.findings[1] }),
  ];
  yield* task(stage, { agent: "Researcher", task: `Research ${topic.short}`, inside: searches, output: topic.findings[0] });
  const words = stage.random.int(600, 1_400);
  const writing = [beat(stage.ms(4_800, 12_000), crew("log", { level: "info", message: `Draft of ${words} words` }))];
  yield* task(stage, { agent: "Writer", task: "Write the report", inside: writing, output: topic.answer });
  yield beat(stage.ms(150, 400), crew("artifact", { name: "report.md", size: words * 6, content_type: "text/markdown" }));
  yield beat(stage.ms(80, 200), crew("run.completed", { run_id: runId, result: topic.answer }));
}

function* failure(stage: Stage, runId: string): Script {
  const topic = stage.random.pick(topics);
  yield started(runId, topic);
  yield log(stage, "info", "Starting crew execution");
  yield beat(stage.ms(150, 400), crew("agent.started", { agent: "Researcher", task: `Research ${topic.short}` }));
  const input = { url: "https://archive.example/measurements.csv" };
  for (const wait of ["1 s", "4 s"]) {
    yield beat(stage.ms(300, 800), crew("tool.called", { tool: "download", input }));
    yield beat(stage.ms(2_900, 6_000), crew("tool.error", { tool: "download", error: "connection timed out" }));
    yield log(stage, "warning", `Download failed, next try in ${wait}`);
  }
  yield beat(stage.ms(200, 500), crew("agent.error", { agent: "Researcher", error: "source is unreachable" }));
  const stack = "SourceUnreachable: archive.example\n  at download (crew/tools.py:41)\n  at Researcher.run (crew/agents.py:17)";
  yield beat(stage.ms(80, 200), crew("run.failed", { run_id: runId, error: "source is unreachable after 2 tries", stack_trace: stack }));
}
