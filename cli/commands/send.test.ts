import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { main } from "../main";
import { openTerminal } from "../testing/run-cli";
import { startTestServer, type Taken, type TestServer, testKey } from "../testing/test-server";

let server: TestServer;
let folder: string;
beforeEach(async () => {
  server = await startTestServer();
  folder = await mkdtemp(join(tmpdir(), "watchfloor-"));
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function run(args: readonly string[], stdin = "", env: Record<string, string> = {}) {
  const terminal = openTerminal({ WATCHFLOOR_URL: server.url, WATCHFLOOR_API_KEY: testKey, ...env }, folder);
  terminal.stdin.end(stdin);
  const code = await main(args, terminal.io);
  return { code, ...(await terminal.printed()) };
}

async function sent(name: string, content: string | Buffer, args: readonly string[] = []) {
  await writeFile(join(folder, name), content);
  return run(["send", name, "--dialect", "shannon", ...args]);
}

describe("send", () => {
  test.each([
    ["one.json", '{"type":"AGENT_STARTED"}', "application/json"],
    ["many.json", '[\n{"type":"A"}\n]', "application/json"],
    ["lines.ndjson", '{"type":"A"}\n', "application/x-ndjson"],
    ["lines.log", '{"type":"A"}\n{"type":"B"}\n', "application/x-ndjson"],
    ["frames.sse", 'data: {"type":"A"}\n\n', "text/event-stream"],
    ["frames.txt", 'id: 1\nevent: A\ndata: {"type":"A"}\n\n', "text/event-stream"],
  ])("posts %s untouched, with its own content type", async (name, content, contentType) => {
    const { code, out } = await sent(name, content, ["--run", "wf-1"]);
    const [taken] = server.taken;
    expect([taken?.path, taken?.body, taken?.headers["content-type"]]).toEqual(["/api/ingest/shannon?run=wf-1", content, contentType]);
    expect(JSON.parse(out)).toEqual({ accepted: 1, duplicates: 0, rejected: [], runs: [] });
    expect(code).toBe(0);
  });

  test("stdin is read where the file is -", async () => {
    await run(["send", "-", "--dialect", "agent-os"], '{"event_type":"step"}');
    expect(server.taken.map((taken) => taken.body)).toEqual(['{"event_type":"step"}']);
  });

  test("a file larger than one body goes out in parts whose replies are added up", async () => {
    const lines = Array.from({ length: 2_500 }, (_, index) => JSON.stringify({ type: "A", index, pad: "x".repeat(500) }));
    server.door = (taken: Taken) => {
      const accepted = taken.body.trim().split("\n").length - 1;
      const runs = [{ id: "r", externalId: "wf-1", firstSeq: server.taken.length * 10 + 1, lastSeq: server.taken.length * 10 + 9 }];
      return { status: 200, body: { accepted, duplicates: 0, rejected: [{ index: 3, code: "missing_type", message: "no" }], runs } };
    };
    const { code, out } = await sent("big.ndjson", `${lines.join("\n")}\n`);
    expect(server.taken.length).toBeGreaterThan(1);
    expect(server.taken.map((taken) => taken.body).join("")).toBe(`${lines.join("\n")}\n`);
    const reply = JSON.parse(out);
    expect(reply.accepted).toBe(2_500 - server.taken.length);
    const firstPart = server.taken[0]?.body.trim().split("\n").length ?? 0;
    expect(reply.rejected.slice(0, 2).map((one: { index: number }) => one.index)).toEqual([3, firstPart + 3]);
    expect(reply.runs).toEqual([{ id: "r", externalId: "wf-1", firstSeq: 1, lastSeq: (server.taken.length - 1) * 10 + 9 }]);
    expect(code).toBe(1);
  });

  test("a part that is refused as a whole is named, and those behind it go out", async () => {
    const line = (index: number, pad: number) => `${JSON.stringify({ type: "A", index, pad: "x".repeat(pad) })}\n`;
    const lines = [line(0, 10), line(1, 10), line(2, 5_000_000), line(3, 10), line(4, 1_100_000), line(5, 10)];
    server.door = ({ body }: Taken) => {
      if (body.length > 4_000_000) return { status: 413, body: { error: { code: "too_large", message: "too large", requestId: "r" } } };
      return { status: 200, body: { accepted: body.trim().split("\n").length, duplicates: 0, rejected: [], runs: [] } };
    };
    const { code, out, err } = await sent("big.ndjson", lines.join(""));
    expect(server.taken.map(({ body }) => body).join("")).toBe(lines.join(""));
    expect(JSON.parse(out)).toEqual({ accepted: 5, duplicates: 0, rejected: [], rejectedTotal: 1, runs: [] });
    expect(err).toBe(`watchfloor: event 3 of the file was refused: ${server.url}: too large\n`);
    expect(code).toBe(1);
  });

  test.each(["lines.ndjson", "lines.log"])("a byte that is no UTF-8 in %s costs no event, and is told of", async (name) => {
    server.door = ({ body }: Taken) => ({
      status: 200,
      body: { accepted: body.trim().split("\n").length, duplicates: 0, rejected: [], runs: [] },
    });
    const bytes = Buffer.concat([Buffer.from('{"type":"A"}\n{"message":"caf'), Buffer.from([0xe9]), Buffer.from('"}\n{"type":"B"}')]);
    const { code, out, err } = await sent(name, bytes);
    expect(server.taken.map(({ body }) => body)).toEqual(['{"type":"A"}\n{"message":"caf\ufffd"}\n{"type":"B"}\n']);
    expect([code, JSON.parse(out).accepted, err]).toEqual([0, 3, "watchfloor: bytes that are not UTF-8 are sent as U+FFFD\n"]);
  });

  test("a key that is refused half way ends it: nothing behind would be taken", async () => {
    const lines = Array.from({ length: 2_500 }, (_, index) => JSON.stringify({ type: "A", index, pad: "x".repeat(500) }));
    server.door = () => {
      if (server.taken.length === 0) return { status: 200, body: { accepted: 1_000, duplicates: 0, rejected: [], runs: [] } };
      return { status: 401, body: { error: { code: "unauthorized", message: "revoked", requestId: "r" } } };
    };
    const { code, out } = await sent("big.ndjson", `${lines.join("\n")}\n`);
    expect([code, JSON.parse(out).accepted, server.taken.length]).toEqual([2, 1_000, 2]);
  });

  test("a refusal is one line and 2", async () => {
    server.refusals.push({ status: 422, body: { error: { code: "invalid_event", message: "not JSON", requestId: "r", hint: "line 3" } } });
    expect(await sent("a.json", "{}")).toEqual({ code: 2, out: "", err: `watchfloor: ${server.url}: not JSON line 3\n` });
  });

  test("a file in which no event is found is said so and gives 2", async () => {
    server.door = () => ({ status: 200, body: { accepted: 0, duplicates: 0, rejected: [], runs: [] } });
    const { code, out, err } = await sent("notes.txt", "AGENT_STARTED, then a pause\n");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toBe("watchfloor: no events in notes.txt, read as sse; set the format with --format\n");
    expect((await sent("none.json", "[]")).code).toBe(0);
  });

  test("a program that answers in words of its own is no server, and is not asked again", async () => {
    server.door = () => ({ status: 200 });
    const { code, err } = await sent("one.json", '{"type":"A"}');
    expect({ code, err }).toEqual({ code: 2, err: `watchfloor: ${server.url} did not reply like a Watchfloor server\n` });
    expect(server.taken).toHaveLength(1);
  });

  test("a busy server is asked again when it says so, with the same batch under the same key; the eighth refusal ends it", async () => {
    const busy = { status: 503, headers: { "retry-after": "0" } };
    let times = 7;
    server.door = () => {
      times -= 1;
      return times >= 0 ? busy : { status: 200, body: { accepted: 1, duplicates: 0, rejected: [], runs: [] } };
    };
    const again = `watchfloor: ${server.url} answered 503; retrying in 0.0 s\n`;
    const sentIt = await sent("one.json", '{"type":"A"}');
    expect([sentIt.code, JSON.parse(sentIt.out).accepted, sentIt.err]).toEqual([0, 1, again.repeat(7)]);
    expect(new Set(server.taken.map(({ body, headers }) => `${headers["idempotency-key"]} ${body}`)).size).toBe(1);
    server.door = () => busy;
    const { code, out, err } = await sent("one.json", '{"type":"A"}');
    expect({ code, out, err }).toEqual({ code: 2, out: "", err: `${again.repeat(7)}watchfloor: ${server.url} answered 503\n` });
    expect(server.taken).toHaveLength(16);
  });

  test("where nobody listens it is said at once, and not tried again", async () => {
    await server.close();
    const { code, out, err } = await sent("one.json", '{"type":"A"}');
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/^watchfloor: no answer from .+ \(connection refused\); start the server .+\n$/);
    await server.listen(0);
  });

  test("a stream that names its run in the first part only keeps it for those behind", async () => {
    const frames = Array.from({ length: 1_500 }, (_, index) => `data: ${JSON.stringify({ index, pad: "x".repeat(1_000) })}\n\n`);
    server.door = () => {
      const runs = server.taken.length === 0 ? [{ id: "r", externalId: "run 7", firstSeq: 1, lastSeq: 9 }] : [];
      return { status: 200, body: { accepted: 9, duplicates: 1, rejected: [], runs } };
    };
    const send = (dialect: string, ...args: readonly string[]) => run(["send", "-", "--dialect", dialect, ...args], frames.join(""));
    const paths = () => server.taken.splice(0).map(({ path }) => path);
    expect(JSON.parse((await send("powabase")).out)).toMatchObject({ accepted: 18, duplicates: 2 });
    expect(paths()).toEqual(["/api/ingest/powabase", "/api/ingest/powabase?run=run+7"]);
    await send("powabase", "--run", "mine");
    expect(paths()).toEqual(["/api/ingest/powabase?run=mine", "/api/ingest/powabase?run=mine"]);
    await send("shannon");
    expect(paths()).toEqual(["/api/ingest/shannon", "/api/ingest/shannon"]);
  });

  test("Ctrl-C while the server is busy ends it without another word", async () => {
    const terminal = openTerminal({ WATCHFLOOR_URL: server.url, WATCHFLOOR_API_KEY: testKey }, folder);
    terminal.stdin.end('{"type":"A"}');
    server.door = () => {
      terminal.interrupt();
      return { status: 503 };
    };
    const code = await main(["send", "-", "--dialect", "shannon"], terminal.io);
    expect({ code, ...(await terminal.printed()) }).toEqual({ code: 130, out: "", err: "" });
  });

  test("a missing or empty file is said so, and nothing is posted", async () => {
    expect((await run(["send", "none.json", "--dialect", "shannon"])).err).toMatch(/^watchfloor: cannot read none\.json: ENOENT.+\n$/);
    expect((await sent("empty.json", "")).err).toBe("watchfloor: empty.json is empty\n");
    expect(server.requests).toEqual([]);
  });
});

describe("the connection", () => {
  test("comes from local.json of the data folder where nothing else is said", async () => {
    await writeFile(join(folder, "local.json"), JSON.stringify({ url: server.url, token: testKey, pid: 1 }));
    const terminal = openTerminal({ WATCHFLOOR_DATA: folder });
    expect(await main(["link"], terminal.io)).toBe(0);
    expect((await terminal.printed()).out).toBe(`${server.url}/sign-in?token=once\n`);
  });

  test("the token of this machine is never sent to another address", async () => {
    await writeFile(join(folder, "local.json"), JSON.stringify({ url: "http://127.0.0.1:1", token: testKey, pid: 1 }));
    const terminal = openTerminal({ WATCHFLOOR_DATA: folder });
    expect(await main(["link", "--url", server.url], terminal.io)).toBe(2);
    expect((await terminal.printed()).err).toBe(`watchfloor: ${server.url} needs a key: pass --key, or set WATCHFLOOR_API_KEY\n`);
  });

  test("a broken local.json is named", async () => {
    await writeFile(join(folder, "local.json"), "{");
    const terminal = openTerminal({ WATCHFLOOR_DATA: folder });
    expect(await main(["link"], terminal.io)).toBe(2);
    expect((await terminal.printed()).err).toContain(`watchfloor: cannot read ${join(folder, "local.json")}: `);
  });

  test("a key that no header takes is refused before anything is asked, and not repeated; a line end behind one is no part of it", async () => {
    const { code, err } = await run(["link", "--key", "wf_\u043a\u043b\u044e\u0447"]);
    expect({ code, err }).toEqual({
      code: 2,
      err: "watchfloor: the key contains characters that a key cannot have (spaces, accents, typographic quotes)\n",
    });
    expect(server.requests).toEqual([]);
    expect((await run(["link"], "", { WATCHFLOOR_API_KEY: `${testKey}\r\n` })).code).toBe(0);
  });

  test("an address that sends on is said with where, for the key goes no further by itself", async () => {
    const line = (to: string) => `watchfloor: ${server.url} redirects to ${to}; if that is the server, set it with --url\n`;
    server.refusals.push({ status: 308, headers: { location: "https://runs.example/api/sign-in-links" } });
    expect(await run(["link"])).toEqual({ code: 2, out: "", err: line("https://runs.example") });
    server.door = () => ({ status: 302, headers: { location: "/login" } });
    expect(await sent("one.json", "{}")).toEqual({ code: 2, out: "", err: line(`${server.url}/login`) });
  });

  test("an address that is no Watchfloor server is told apart", async () => {
    server.refusals.push({ status: 200, body: { hello: "world" } });
    const { code, err } = await run(["link"]);
    expect(code).toBe(2);
    expect(err).toBe(`watchfloor: ${server.url}/api/sign-in-links did not reply like a Watchfloor server (at url)\n`);
  });
});
