import { expect, test } from "vitest";
import { dialects } from "@/lib/core/dialect";
import { adapters } from "@/lib/dialects/registry";
import { doorPath } from "./sample-events";
import { snippetOf } from "./snippets";

const at = new Date("2026-03-01T12:00:00Z");

test("a snippet holds the address, the key and one event a line", () => {
  const text = snippetOf("shannon", { origin: "http://floor.example:3000", key: "wf_secret", at });
  expect(text).toContain(`http://floor.example:3000${doorPath("shannon")}`);
  expect(text).toContain("Bearer wf_secret");
  const lines = text.split("\n");
  const bodies = lines.slice(lines.indexOf("  --data-binary @- <<'EOF'") + 1, -1);
  expect(bodies.map((line) => JSON.parse(line).type)).toEqual([
    "WORKFLOW_STARTED",
    "TOOL_INVOKED",
    "TOOL_OBSERVATION",
    "WORKFLOW_COMPLETED",
  ]);
});

test.each(dialects)(
  "what is pasted of %s from a page opened later is another run, so that it is not refused as a changed one",
  (dialect) => {
    const runAt = (minute: number) => {
      const text = snippetOf(dialect, {
        origin: "http://floor.example:3000",
        key: "wf_secret",
        at: new Date(at.getTime() + minute * 60_000),
      });
      const body = JSON.parse(text.split("\n").at(-2) as string);
      return adapters[dialect].address({ body });
    };
    expect(runAt(0)).toEqual(runAt(0));
    expect(runAt(0)).not.toEqual(runAt(1));
  },
);

test("any stream is sent on by what every machine has", () => {
  const text = snippetOf("stream", { origin: "http://floor.example:3000", key: "wf_secret", at });
  expect(text).toContain('| curl -T- "http://floor.example:3000/api/ingest/crewship?run=run_abc123"');
  expect(text).toContain("Bearer wf_secret");
  expect(text).not.toContain("npx");
});
