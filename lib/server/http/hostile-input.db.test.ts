import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "@/test/server";
import { api } from "../routes/router";
import type { Route } from "./route";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await server.send("/api/ingest/shannon", { workflow_id: "x", type: "WORKFLOW_STARTED", seq: 1 });
});
afterAll(() => server.stop());

/** What a stranger may put where an id is expected. */
const ids = [
  ...["%00", "%ff", "..%2f..%2fx", "%E2%80%AEevil", "-1", "9007199254740993", "a".repeat(3_000), "%22%27%3B--", "__proto__"],
  ...["00000000-0000-0000-0000-000000000000", "evt_%00", "seq:99999999999999999999"],
];
const texts = [
  ...["", "-1", "1e400", "NaN", "9007199254740993", "\u0000", "a,b,,c", "%", "[]", "x".repeat(14_000), "2026-02-30", "__proto__", "';--"],
  ...["00000000-0000-0000-0000-000000000000", "*.*", "cost:>1e999", "since:99999999999d", "(((", "+275760-09-13T00:00:00Z"],
  ...["9999-12-31T23:59:59.999Z", "0001-01-01T00:00:00Z"],
];
const bodies = ["", "null", "[]", "[[[]]]", '"x"', "1e400", "{", "{}", '{"__proto__":{"a":1}}', '{"a":"\\u0000"}', "[".repeat(100_000)];
/** Values of every kind, for every place of a body. */
const values: readonly unknown[] = [
  ...[null, true, -1, -0, 0.1, 1e308, 9007199254740992, [], {}, [null], [[["x"]]], { "": { "": null } }],
  ...["", " ", "\u0000", "a\u0000b", "\ud800", "\u202e", "x".repeat(20_000), "9007199254740993", "9999-12-31T23:59:59Z", "__proto__"],
];
const nowhere = "http://127.0.0.1:9/";
const redaction = { credentials: true, emails: true, cards: true, fields: ["f"], patterns: [] };
const ruleOf = {
  ...{ name: "n", filter: { dialect: null, agent: "a", q: "q" }, warning: null, alert: 1, windowMinutes: 5, minRuns: 1 },
  ...{ forSeconds: 0, recoverSeconds: 0, channels: [], enabled: true },
};

/** A body that fits, for each route that takes one: everything in it is tried with everything above. */
const fitting: Readonly<Record<string, object>> = {
  "POST /api/approvals": {
    ...{ run: "x", id: "a1", kind: "tool", tool: "t", arguments: { a: "b" }, question: "q", choices: ["c"], schema: { type: "object" } },
    ...{ allowed: ["approve", "deny"], agent: "a", risk: "r", expiresInSeconds: 60 },
  },
  "POST /api/approvals/:approval/decision": {
    ...{ decision: "approve", actionHash: "0".repeat(64), comment: "c", editedArguments: { a: 1 }, answer: "a" },
    standing: { scope: "run", uses: 1, minutes: 1, maxNanos: 1 },
  },
  "PUT /api/approval-policy": { deadlineSeconds: 60, onDeadline: "expire", standingAllowed: true },
  "PUT /api/redaction": { ...redaction, patterns: [{ name: "n", pattern: "p" }] },
  "POST /api/redaction/try": { policy: redaction, text: "t" },
  "POST /api/runs/:run/pause": { reason: "r" },
  "POST /api/runs/:run/control/:request/acknowledgement": { state: "done" },
  "POST /api/runs/control": { action: "cancel", runs: ["x"], reason: "r" },
  "POST /api/sources": { dialect: "shannon", name: "n", address: nowhere, token: "t" },
  "PATCH /api/sources/:source": { address: nowhere, token: "t" },
  "POST /api/sources/:source/streams": { url: nowhere, run: "x", body: { a: 1 } },
  "PATCH /api/sources/:source/streams/:stream": { state: "paused" },
  // One that fits would wait for a person.
  "POST /api/hooks/claude-code": { session_id: "s", hook_event_name: "PreToolUse", tool_name: "t", tool_input: { a: 1 }, cwd: "/" },
  "POST /api/humanlayer/v1/function_calls": { run_id: "x", call_id: "c", spec: { fn: "f", kwargs: { a: 1 } } },
  "POST /api/humanlayer/v1/contact_requests": { run_id: "x", call_id: "c", spec: { msg: "m", response_options: [{ name: "n" }] } },
  "POST /api/inspect": { text: '{"type":"X"}', dialect: "shannon", run: "x" },
  "POST /api/v1/approvals/decision": {
    ...{ workflow_id: "x", approval_id: "a1", approved: true, decision: "approved", feedback: "f", reason: "r", comments: "c" },
    ...{ modified_action: { a: 1 }, run_id: "x" },
  },
  "POST /api/agents/runs/:run/approve": { approved: true, reason: "r" },
  "POST /api/budgets": {
    ...{ name: "n", scope: "agent", target: "t", unit: "tokens", amount: 1, window: "day", thresholds: [50, 100], action: "notify" },
    actionAt: 100,
  },
  "POST /api/alerts/rules": { kind: "run-failed", ...ruleOf },
  "PATCH /api/alerts/rules/:rule": ruleOf,
  "POST /api/alerts/acknowledge": { alerts: ["x"], note: "n" },
  "POST /api/alerts/channels": { kind: "webhook", name: "n", url: nowhere, secret: "12345678" },
  "POST /api/alerts/:alert/acknowledge": { note: "n" },
  "POST /api/alerts/:alert/mute": { until: "2026-01-01T00:00:00Z" },
  "POST /api/prices": { model: "m", provider: "p", input: "1", output: "2", cachedRead: "1", cachedWrite: "1", reasoning: "1" },
  "POST /api/repricings": { model: "m", from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z" },
  "POST /api/keys": { name: "n", scopes: ["read"] },
  "POST /api/projects": { name: "n" },
  "POST /api/members": { name: "n", role: "viewer" },
  "PATCH /api/members/:member": { name: "n", role: "viewer" },
  "POST /webhooks": { url: nowhere, events: ["*"], secret: "12345678", description: "d" },
  "POST /webhooks/:webhook/rotate": { secret: "12345678" },
  "POST /api/runs/:run/replay": { webhook_url: nowhere, types: ["*"], events: ["*"], speed: 1, secret: "12345678" },
  "POST /api/v1/events/replay": {
    ...{ since: "2026-01-01T00:00:00Z", until: "2026-01-02T00:00:00Z", webhook_url: nowhere, types: ["*"], events: ["*"], speed: 1 },
    secret: "12345678",
  },
};
/** Routes that take the body of another. */
const alike: readonly (readonly [RegExp, string])[] = [
  [/^(POST) (?:\/api)?\/v1(\/webhooks.*)$/, "$1 $2"],
  [/^POST \/v1(\/events\/replay)$/, "POST /api/v1$1"],
  [/^POST \/api\/(?:runs\/:run|v1\/tasks\/:task)\/(?:pause|resume|cancel)$/, "POST /api/runs/:run/pause"],
  [/^POST \/api\/alerts\/rules\/preview$/, "POST /api/alerts/rules"],
  [/^POST \/api\/budgets\/preview$/, "POST /api/budgets"],
  [/^POST \/api\/projects\/:project$/, "POST /api/projects"],
];

function bodyFor({ method, path }: Route): object | undefined {
  return fitting[alike.reduce((name, [pattern, other]) => name.replace(pattern, other), `${method} ${path}`)];
}

/** The body with each of its places, one after the other, holding this value. */
function* mutations(body: unknown, value: unknown): Generator<unknown> {
  yield value;
  if (typeof body !== "object" || body === null) return;
  for (const [key, inner] of Object.entries(body))
    for (const changed of mutations(inner, value))
      yield Array.isArray(body) ? body.with(Number(key), changed) : { ...body, [key]: changed };
}

type Answer = { readonly status: number; readonly text: string };

async function answerOf(method: string, path: string, body?: string): Promise<Answer> {
  const abort = new AbortController();
  const headers = { "content-type": "application/json" };
  const reply = await server.fetch(path, {
    method,
    signal: abort.signal,
    redirect: "manual",
    headers,
    ...(body === undefined ? {} : { body }),
  });
  // All bodies of a route at once are more than some questions let wait: whoever is told to come again does.
  if (reply.status === 503 && reply.headers.has("retry-after")) {
    await reply.text();
    return answerOf(method, path, body);
  }
  if (!reply.headers.get("content-type")?.startsWith("text/event-stream")) return { status: reply.status, text: await reply.text() };
  abort.abort();
  return { status: reply.status, text: "" };
}

/** What is left to say where the database found out. */
const placeless = "A value in this request cannot be stored.";

/** Neither a failure of ours, nor a refusal in another form than the one, or one that does not say what is wrong where. */
function isSound({ status, text }: Answer): boolean {
  if (status >= 500) return false;
  if (text.includes(placeless)) return false;
  if (/\bat .*\.(?:ts|js|mjs):\d+/.test(text)) return false;
  return status < 400 || /"error":\{"code":"\w+","message":".+","requestId":"/.test(text);
}

const changes = (method: string) => method !== "GET" && method !== "DELETE";
const routes = () => api().routes.filter((route) => route.path !== "/api/sign-out" && route.path !== "/api/demo");

describe("every route", () => {
  let unsound: unknown[] = [];
  beforeEach(() => {
    unsound = [];
  });
  async function attempt(method: string, path: string, body?: string): Promise<void> {
    const answer = await answerOf(method, path, body);
    if (!isSound(answer)) unsound.push([`${method} ${path} ${body ?? ""}`.slice(0, 300), answer.status, answer.text.slice(0, 200)]);
  }
  const waitOf = (route: Route) => (Object.hasOwn(route.doc.query?.shape ?? {}, "wait") ? "?wait=1" : "");
  const plain = (route: Route) => route.path.replace(":dialect", "shannon").replaceAll(/:[a-z]+/gi, "x");

  it("answers hostile ids and queries soundly", async () => {
    for (const route of routes()) {
      const body = changes(route.method) ? "{}" : undefined;
      for (const path of new Set(ids.map((id) => route.path.replaceAll(/:[a-z]+/gi, id)))) await attempt(route.method, path, body);
      for (const name of Object.keys(route.doc.query?.shape ?? {}))
        for (const text of texts) await attempt(route.method, `${plain(route)}?${name}=${encodeURIComponent(text)}`, body);
    }
    expect(unsound).toEqual([]);
  });

  it("answers hostile bodies soundly, whichever place of a fitting one holds what", async () => {
    const untried = routes()
      .filter((route) => route.doc.body && route.scope !== "ingest" && !bodyFor(route))
      .map((route) => `${route.method} ${route.path}`);
    expect(untried).toEqual([]);
    const unfit: unknown[] = [];
    for (const route of routes().filter(bodyFor)) {
      const { status, text } = await answerOf(route.method, `${plain(route)}${waitOf(route)}`, JSON.stringify(bodyFor(route)));
      if (status === 400) unfit.push([route.method, route.path, text]);
    }
    expect(unfit).toEqual([]);
    for (const route of routes().filter(({ method }) => changes(method))) {
      for (const body of bodies) await attempt(route.method, plain(route), body);
      // Those of one route at once: an agent that asks by a fitting body is made to wait.
      const changed = values.flatMap((value) => [...mutations(bodyFor(route), value)]);
      await Promise.all(changed.map((body) => attempt(route.method, `${plain(route)}${waitOf(route)}`, JSON.stringify(body))));
    }
    expect(unsound).toEqual([]);
  });
});

describe("what never becomes a request", () => {
  /** Sends bytes on a connection of their own and gives all that comes back. */
  const exchange = (text: string) =>
    new Promise<string>((resolve, reject) => {
      let received = "";
      const socket = connect(Number(new URL(server.url).port), "127.0.0.1", () => socket.write(text));
      socket.on("data", (data) => {
        received += data;
      });
      socket.on("error", reject).on("close", () => resolve(received));
    });

  it.each([
    ["headers of 64 KB", `GET /api/runs HTTP/1.1\r\nhost: x\r\nx-long: ${"x".repeat(65_536)}\r\n\r\n`, 431, "header_too_large"],
    ["no HTTP", "\u0016\u0003\u0001 hello\r\n\r\n", 400, "invalid_request"],
    ["two lengths", "POST /events HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}", 400, "invalid_request"],
    [
      "a length and chunks",
      "POST /events HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
      400,
      "invalid_request",
    ],
    ["a line feed in a header", "GET /api/runs HTTP/1.1\r\nhost: x\r\nx-a: b\nc\r\n\r\n", 400, "invalid_request"],
    ["no path", "GET nonsense HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", 400, "invalid_request"],
  ])("is refused like anything else: %s", async (_name, text, status, code) => {
    const answer = await exchange(text);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")))).toMatchObject({ error: { code, requestId: expect.any(String) } });
  });
});
