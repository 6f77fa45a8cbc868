import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestServer, type Taken, type TestServer, testKey } from "@/cli/testing/test-server";
import { directOnce } from "./direct";
import { createDoor } from "./door";
import type { Floor } from "./perform";
import { createRandom } from "./random";
import { scenarios } from "./scenarios";

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.close());

function openFloor(overrides: Partial<Floor> = {}) {
  const stop = new AbortController();
  const connection = { url: server.url, key: testKey };
  const said: string[] = [];
  const door = createDoor({ connection, signal: stop.signal, say: (line) => said.push(line) });
  const floor: Floor = { connection, door, signal: stop.signal, holding: 0, leaveWaiting: true, ...overrides };
  return { floor, said, stop: () => stop.abort() };
}

const fast = () => ({ random: createRandom(11), speed: 5_000 });

function eventsOf({ body, headers }: Taken): unknown[] {
  if (headers["content-type"] === "text/event-stream") return body.match(/^data: .*$/gm) ?? [];
  const parsed: unknown = JSON.parse(body);
  return Array.isArray(parsed) ? parsed : [parsed];
}

function named(name: string) {
  const found = scenarios.filter((scenario) => scenario.name === name);
  if (found.length === 0) throw new Error(`no scenario ${name}`);
  return found;
}

describe("the demo", () => {
  test("plays every scenario once through the doors of its system", async () => {
    const { floor, said } = openFloor();
    await directOnce(floor, scenarios, fast());
    expect(said).toEqual([]);
    const paths = new Set(server.taken.map((taken) => taken.path.split("?")[0]));
    expect(paths).toEqual(new Set(["/events", "/api/ingest", "/api/ingest/powabase", "/api/ingest/crewship", "/api/ingest/resonant"]));
    expect(server.taken.flatMap(eventsOf).length).toBeGreaterThan(200);
  });

  test("leaves its approval waiting when it plays once", async () => {
    const { floor } = openFloor();
    await directOnce(floor, named("shannon-research"), fast());
    const types = server.taken.flatMap(eventsOf).map((event) => (event as { type: string }).type);
    expect(types.at(-1)).toBe("APPROVAL_REQUESTED");
    expect(types).toContain("BUDGET_THRESHOLD");
  });

  test("an agent goes on as soon as its run's log holds a decision", async () => {
    const { floor } = openFloor({ leaveWaiting: false });
    const at = new Date().toISOString();
    server.door = (taken) => {
      for (const event of eventsOf(taken) as { type: string; workflow_id: string; payload?: { approval_id: string } }[]) {
        if (event.type !== "APPROVAL_REQUESTED") continue;
        const approval = { id: event.payload?.approval_id, decision: "approved", decidedBy: "sam" };
        const decided = { seq: 1, type: "approval.decided", receivedAt: at, approval };
        server.runs.push({ id: event.workflow_id, externalId: event.workflow_id, status: "running", durationMs: null, events: [decided] });
      }
      return { status: 200, body: {} };
    };
    await directOnce(floor, named("shannon-research"), { random: createRandom(11), speed: 1_000 });
    const events = server.taken.flatMap(eventsOf) as { type: string; payload: { tool?: string } }[];
    const behind = events.slice(events.findIndex((event) => event.type === "APPROVAL_REQUESTED") + 1);
    expect([behind[0]?.type, behind[0]?.payload.tool]).toEqual(["TOOL_INVOKED", "publish_report"]);
    expect(behind.at(-1)?.type).toBe("STREAM_END");
  });

  test("of two runs that hold a question open one may give up, the last one never does", async () => {
    const { floor, stop } = openFloor({ leaveWaiting: false });
    const twice = [1, 2].map((seed) => directOnce(floor, named("shannon-research"), { random: createRandom(seed), speed: 5_000 }));
    await Promise.race(twice);
    expect(floor.holding).toBe(1);
    const asked = server.taken.flatMap(eventsOf).filter((event) => (event as { type: string }).type === "APPROVAL_REQUESTED");
    expect(asked).toHaveLength(2);
    stop();
    await Promise.all(twice);
    expect(floor.holding).toBe(0);
    const decided = server.taken.flatMap(eventsOf).filter((event) => (event as { type: string }).type === "APPROVAL_DECISION");
    expect(decided).toHaveLength(1);
  });

  test("a busy server is asked again until it takes every event, in order", async () => {
    const { floor } = openFloor();
    server.refusals.push({ status: 503, headers: { "retry-after": "0" } }, { status: 503, headers: { "retry-after": "0" } });
    await directOnce(floor, named("shannon-brief"), fast());
    const seqs = server.taken.flatMap(eventsOf).map((event) => (event as { seq: number }).seq);
    expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, index) => index + 1));
    expect(seqs.length).toBeGreaterThan(5);
  });

  test("a numbered stream whose body was refused is sent again whole", async () => {
    const { floor } = openFloor();
    server.door = () => (server.taken.length === 0 ? { status: 503 } : { status: 200, body: {} });
    await directOnce(floor, named("crewship-report"), fast());
    const [refused, whole] = server.taken.map((taken) => taken.body);
    expect(server.taken).toHaveLength(2);
    expect(whole).toBe(refused);
    expect(whole?.startsWith("event: run.started\ndata: {")).toBe(true);
    expect(whole).toContain("\nid: evt_001\n\n");
  });

  test("a key that may not ingest ends the demo with the reason", async () => {
    const { floor, said } = openFloor();
    server.refusals.push({ status: 403, body: { error: { code: "forbidden", message: "this key may only read", requestId: "r" } } });
    await expect(directOnce(floor, named("shannon-brief"), fast())).rejects.toThrow("needs a key with the scope ingest");
    expect(said).toEqual([`${server.url} rejected the key: this key may only read`]);
  });
});

describe("the demo's process", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "watchfloor-demo-"));
    const root = fileURLToPath(new URL("..", import.meta.url));
    const entry = join(root, "demo/main.ts");
    await build({
      entryPoints: [entry],
      outfile: join(folder, "demo.mjs"),
      bundle: true,
      platform: "node",
      format: "esm",
      absWorkingDir: root,
    });
  });
  afterAll(() => rm(folder, { recursive: true }));

  test("plays on until SIGTERM and is gone then", async () => {
    let firstRuns = () => {};
    const playing = new Promise<void>((resolve) => {
      firstRuns = resolve;
    });
    server.door = () => {
      if (server.taken.length > 5) firstRuns();
      return { status: 200, body: {} };
    };
    const env = { ...process.env, WATCHFLOOR_URL: server.url, WATCHFLOOR_API_KEY: testKey };
    const child = spawn(process.execPath, [join(folder, "demo.mjs"), "--speed", "20"], { env, stdio: "ignore" });
    const exited = once(child, "exit");
    await playing;
    child.kill("SIGTERM");
    const [code] = await exited;
    expect(code).toBe(0);
  });
});
