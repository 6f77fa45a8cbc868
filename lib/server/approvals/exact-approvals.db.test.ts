import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Approval, ApprovalList } from "@/lib/core/api/approval";
import { jsonText } from "@/lib/core/exact-json/testing/json-text.arbitrary";
import { readStream } from "@/test/read-stream";
import { startReceiver } from "@/test/receiver";
import { startTestServer, type TestServer } from "@/test/server";

/** G15: what is approved is what is shown, for numbers that no double holds and for keys that stand twice. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const given = '{"id":9007199254740993,"zero":-0,"most":1e400,"rate":1.0,"list":[12345678901234567890,0.10]}';
const edited = '{"id":9007199254740995,"zero":-0.0,"most":1E+400,"rate":2.50,"list":[]}';

const start = (run: string) => server.send("/events", { workflow_id: run, type: "WORKFLOW_STARTED", seq: 1 });
const asks = (run: string, details: string, more = "") =>
  server.send(
    "/events",
    `{"workflow_id":"${run}","type":"APPROVAL_REQUESTED","seq":2,"payload":{"tool_name":"pay","details":${details}${more}}}`,
  );
const text = async (path: string) => (await server.fetch(path)).text();
const waiting = async (run: string) => (JSON.parse(await text(`/api/approvals?run=${run}`)) as ApprovalList).approvals;
const sha256 = (words: string) => createHash("sha256").update(words).digest("hex");

async function asked(run: string, details = given): Promise<Approval> {
  await start(run);
  expect((await asks(run, details)).status).toBe(200);
  const [approval] = await waiting(run);
  return approval as Approval;
}

describe("arguments that no double holds", () => {
  it("are shown, hashed and streamed as they were sent", async () => {
    const approval = await asked("exact-shown");
    expect(await text(`/api/approvals/${approval.id}`)).toContain(`"arguments":${given}`);
    expect(await text("/api/approvals?run=exact-shown")).toContain(`"arguments":${given}`);
    const sorted = '{"id":9007199254740993,"list":[12345678901234567890,0.10],"most":1e400,"rate":1.0,"zero":-0}';
    expect(approval.actionHash).toBe(sha256(`{"arguments":${sorted},"run":"${approval.run.id}","tool":"pay"}`));
    expect(await text("/api/runs/exact-shown/events")).toContain(`"arguments":${given}`);
    for (const path of [
      "/api/runs/exact-shown/stream?from=1",
      "/api/runs/exact-shown/stream?from=1&raw=1",
      "/api/v1/stream/sse?workflow_id=exact-shown",
    ]) {
      const stream = await readStream(server.fetch, path);
      await stream.until(given);
      stream.close();
    }
  });

  it("reach the agent as they were edited: by long poll, by its stream, by its run's log and by webhook", async () => {
    const receiver = await startReceiver();
    await server.send("/webhooks", { url: receiver.url, events: ["approval.*"] });
    const approval = await asked("exact-edited");
    const polled = text(`/api/approvals/${approval.id}?wait=30`);
    const stream = await readStream(server.fetch, "/api/v1/stream/sse?workflow_id=exact-edited");
    const body = `{"decision":"edit","actionHash":"${approval.actionHash}","editedArguments":${edited}}`;
    const reply = await server.send(`/api/approvals/${approval.id}/decision`, body);
    expect([reply.status, await reply.text()]).toEqual([200, expect.stringContaining(`"editedArguments":${edited}`)]);
    expect(await polled).toContain(`"editedArguments":${edited}`);
    expect(await stream.until('"APPROVAL_DECISION"')).toContain(`"modified_action":${edited}`);
    stream.close();
    expect(await text("/api/runs/exact-edited/events?raw=1&types=approval.decided")).toContain(`"edited_arguments":${edited}`);
    const told = await receiver.until(2);
    expect(told.find(({ json }) => json.type === "approval.requested")?.body).toContain(`"arguments":${given}`);
    expect(told.find(({ json }) => json.type === "approval.decided")?.body).toContain(`"edited_arguments":${edited}`);
    await receiver.stop();
  });

  it("asked through our own door come back the same, whatever the run's system", async () => {
    await start("exact-own");
    const reply = await server.send("/api/approvals", `{"run":"exact-own","kind":"tool","tool":"pay","arguments":${given}}`);
    expect([reply.status, await reply.text()]).toEqual([201, expect.stringContaining(`"arguments":${given}`)]);
    const hook = { session_id: "exact-claude", hook_event_name: "PreToolUse", tool_name: "pay" };
    const feed = await readStream(server.fetch, "/api/stream");
    await feed.until("event: hello");
    const answer = server.send("/api/hooks/claude-code?wait=30", `${JSON.stringify(hook).slice(0, -1)},"tool_input":${given}}`);
    await feed.until('"externalId":"exact-claude"');
    await feed.until('"pendingApprovals":1');
    feed.close();
    const [approval] = await waiting("exact-claude");
    const decision = `{"decision":"edit","actionHash":"${approval?.actionHash}","editedArguments":${edited}}`;
    await server.send(`/api/approvals/${approval?.id}/decision`, decision);
    expect(await (await answer).text()).toContain(`"updatedInput":${edited}`);
  });

  it("that differ in one literal only are another request, which takes the first one's place", async () => {
    await start("exact-changed");
    const named = (amount: string, seq: number) =>
      server.send(
        "/events",
        `{"workflow_id":"exact-changed","type":"APPROVAL_REQUESTED","seq":${seq},"payload":{"approval_id":"one","tool_name":"pay","details":{"amount":${amount}}}}`,
      );
    await named("9007199254740992", 2);
    await named("9007199254740993", 3);
    const now = await waiting("exact-changed");
    expect(now).toHaveLength(1);
    expect(await text(`/api/approvals/${now[0]?.id}`)).toContain('"arguments":{"amount":9007199254740993}');
  });
});

describe("a request that cannot be asked so", () => {
  it.each([
    ["schema", { kind: "input", question: "Which?", schema: { type: "string", pattern: "^a+$" } }],
    ["schema", { kind: "input", question: "Which?", schema: { $ref: "https://example.com/schema.json" } }],
    ["schema", { kind: "input", question: "Which?", schema: { $ref: "#/$defs/none", $defs: {} } }],
    ["schema", { kind: "input", question: "Which?", schema: { if: { type: "string" } } }],
    ["tool", { kind: "tool" }],
    ["question", { kind: "confirmation" }],
  ])("is refused as any other input, with its place: %s %o", async (path, request) => {
    await start("unaskable");
    const reply = await server.send("/api/approvals", { run: "unaskable", ...request });
    expect([reply.status, await reply.json()]).toMatchObject([400, { error: { code: "invalid_request", path } }]);
  });
});

describe("an answer by JSON schema", () => {
  const asks = async (run: string, schema: object) => {
    await start(run);
    const reply = await server.send("/api/approvals", { run, kind: "input", question: "Which invoice?", schema });
    expect(reply.status).toBe(201);
    return (await reply.json()) as Approval;
  };
  const answer = (approval: Approval, words: string) =>
    server.send(`/api/approvals/${approval.id}/decision`, `{"decision":"answer","actionHash":"${approval.actionHash}","answer":${words}}`);

  it("may follow references within the schema", async () => {
    const $defs = { name: { type: "string", minLength: 2 } };
    const approval = await asks("own-references", { type: "object", properties: { name: { $ref: "#/$defs/name" } }, $defs });
    const refused = await answer(approval, '{"name":"x"}');
    expect([refused.status, await refused.json()]).toMatchObject([422, { error: { code: "schema_mismatch", path: "answer.name" } }]);
    expect((await answer(approval, '{"name":"xy"}')).status).toBe(200);
  });

  it("takes whole numbers beyond 2^53 and hands them to the agent digit by digit", async () => {
    const schema = { type: "object", properties: { invoice: { type: "integer" }, lines: { items: { type: ["integer", "null"] } } } };
    const approval = await asks("exact-answer", schema);
    const polled = text(`/api/approvals/${approval.id}?wait=30`);
    const words = '{"invoice":9007199254740993,"lines":[12345678901234567890,null,-0,1E+400]}';
    const reply = await answer(approval, words);
    expect([reply.status, await reply.text()]).toEqual([200, expect.stringContaining(`"answer":${words}`)]);
    expect(await polled).toContain(`"answer":${words}`);
  });

  it("is judged by its digits: a fraction, or one more than is allowed, is refused and named though a double cannot tell", async () => {
    const schema = { type: "object", properties: { invoice: { type: "integer", maximum: 9007199254740992 } } };
    const approval = await asks("exact-refused", schema);
    for (const words of ["9007199254740993", "9007199254740991.5", "1e400"]) {
      const reply = await answer(approval, `{"invoice":${words}}`);
      const { error } = (await reply.json()) as { error: { code: string; path: string } };
      expect([reply.status, error.code, error.path]).toEqual([422, "schema_mismatch", "answer.invoice"]);
    }
    expect((await answer(approval, '{"invoice":9007199254740992}')).status).toBe(200);
  });
});

describe("a key that stands twice", () => {
  it("is shown with both values and marked, also around the arguments", async () => {
    const inside = await asked("twice-inside", '{"amount":1,"amount":1000}');
    expect(await text(`/api/approvals/${inside.id}`)).toContain('"arguments":{"amount":1,"amount":1000}');
    expect(inside.repeatedKeys).toEqual(["payload.details.amount"]);
    await start("twice-around");
    await asks("twice-around", '{"amount":1}', ',"details":{"amount":1000}');
    const [around] = await waiting("twice-around");
    expect(around?.repeatedKeys).toEqual(["payload.details"]);
    await start("twice-text");
    await asks("twice-text", JSON.stringify('{"amount":1,"amount":1000}'));
    const [within] = await waiting("twice-text");
    expect(within?.repeatedKeys).toEqual(["arguments.amount"]);
    expect(await text(`/api/approvals/${within?.id}`)).toContain('"arguments":{"amount":1,"amount":1000}');
  });
});

describe("any JSON text", () => {
  it("is what is shown, hashed and told", async () => {
    const texts = fc.sample(
      jsonText.filter((json) => json.length > 2 && !/\\u0000|\\ud[89a-f]/i.test(json) && !json.startsWith('"')),
      60,
    );
    await start("exact-any");
    for (const [index, json] of texts.entries()) {
      const reply = await server.send(
        "/api/approvals",
        `{"run":"exact-any","id":"any-${index}","kind":"tool","tool":"t","arguments":${json}}`,
      );
      const body = await reply.text();
      if (json === "null") continue;
      expect(body).toContain(`"arguments":${json},"repeatedKeys":`);
    }
    const raw = await text("/api/runs/exact-any/events?raw=1&limit=1000&types=approval.requested");
    for (const json of texts) if (json !== "null") expect(raw).toContain(`"details":${json}`);
  });
});
