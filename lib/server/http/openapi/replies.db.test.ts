import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "@/test/server";
import { api } from "../../routes/router";
import type { Route } from "../route";
import { statusesOf } from "./answers";

let server: TestServer;
/** What stands in the place of a path's parameter. */
const ids: Record<string, string> = { run: "wf-1", task: "wf-1", session: "s-1", event: "evt_1", callid: "c-1" };

type Said = { readonly status: number; readonly type: string | undefined; readonly body: string };

/** Whether it is what the route's declaration says. */
function expectDeclared({ path, doc, ...route }: Route, { status, type, body }: Said): void {
  expect([path, status, statusesOf({ path, doc, ...route }).includes(status), body.slice(0, 300)]).toEqual([
    path,
    status,
    true,
    body.slice(0, 300),
  ]);
  if (type === "application/json")
    expect([path, doc.reply?.safeParse(JSON.parse(body))]).toEqual([path, expect.objectContaining({ success: true })]);
  else expect([path, type]).toEqual([path, doc.contentType]);
}

async function said(reply: Response): Promise<Said> {
  const type = reply.headers.get("content-type")?.split(";")[0];
  return { status: reply.status, type, body: type === "text/event-stream" ? "" : await reply.text() };
}

/** Posts, and gives what was made. */
async function made(path: string, body: object): Promise<{ readonly id: string }> {
  const found = api().find("POST", path.split("?")[0] as string);
  if (found === null || "allowed" in found) throw new Error(`${path} is no route`);
  const answer = await said(await server.send(path, body));
  expectDeclared(found.route, answer);
  return JSON.parse(answer.body) as { readonly id: string };
}

beforeAll(async () => {
  server = await startTestServer();
  const payload = { query: "q", session_id: "s-1" };
  await made("/events", { workflow_id: "wf-1", type: "WORKFLOW_STARTED", payload, seq: 1 });
  await made("/api/ingest/powabase?run=po-1", { type: "start", seq: 1 });
  await made("/api/ingest/crewship", { type: "run.started", run_id: "cr-1", id: "e-1" });
  await made("/api/ingest/resonant", { id: "evt_1", type: "session.started", data: { session_id: "r-1", goal: "g" } });
  await made("/api/ingest", { event_type: "run_start", sdk_run_id: "ao-1" });
  await made("/api/humanlayer/v1/function_calls", { run_id: "h-1", call_id: "c-1", spec: { fn: "f", kwargs: {} } });
  await made("/api/humanlayer/v1/contact_requests", { run_id: "h-1", call_id: "c-2", spec: { msg: "m" } });
  await made("/api/hooks/claude-code?wait=1", { session_id: "cc", hook_event_name: "PreToolUse", tool_name: "Bash", tool_input: {} });
  await made("/api/budgets", { name: "b", scope: "run", unit: "tokens", amount: 1 });
  await made("/api/prices", { model: "m", input: "1", output: "2" });
  await made("/api/repricings", { from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z" });
  await made("/api/members", { name: "Ada", role: "viewer" });
  await made("/api/keys", { name: "k", scopes: ["ingest"] });
  await made("/api/alerts/rules", { name: "r", kind: "run-failed", alert: 1 });
  ids.approval = (await made("/api/approvals", { run: "wf-1", kind: "tool", tool: "t" })).id;
  ids.source = (await made("/api/sources", { dialect: "shannon", name: "other" })).id;
  ids.webhook = (await made("/webhooks", { url: `${server.url}/nowhere`, events: ["*"] })).id;
  ids.delivery = (await made(`/webhooks/${ids.webhook}/test`, {})).id;
  ids.channel = (await made("/api/alerts/channels", { name: "c", kind: "webhook", url: server.url })).id;
  ids.replay = (await made("/api/v1/events/replay", { webhook_url: server.url })).id;
  await server.fetch("/api/runs/wf-1/control");
  ids.request = (await made("/api/runs/wf-1/pause", {})).id;
});
afterAll(() => server.stop());

/** Of what is there; each system's own addresses answer for its own runs. */
function addressOf({ path, doc }: Route): string {
  const there = { ...ids };
  if (path.startsWith("/v1/runs")) there.run = "cr-1";
  if (/^\/api\/(?:agents|orchestrations)\//.test(path)) there.run = "po-1";
  if (path.includes("contact_requests")) there.callid = "c-2";
  return path.replace(/:([a-z]+)/g, (_, name: string) => there[name] as string) + (doc.query?.shape.workflow_id ? "?workflow_id=wf-1" : "");
}

/** Signing in and WebSockets have tests of their own, and no alert fires here. */
const others = ["/sign-in", "/api/v1/stream/ws", "/api/alerts/:alert"];
const read = api().routes.filter(({ method, path }) => method === "GET" && !others.includes(path));

test.each(read.map((route) => [route.path, route] as const))("GET %s answers as the document says", async (_, route) => {
  const abort = new AbortController();
  const answer = await said(await server.fetch(addressOf(route), { signal: abort.signal, redirect: "manual" }));
  abort.abort();
  expectDeclared(route, answer);
});

test("runs are given as JSON as the document says", async () => {
  const route = read.find(({ path }) => path === "/api/runs/export") as Route;
  expectDeclared(route, await said(await server.fetch("/api/runs/export?format=json")));
});
