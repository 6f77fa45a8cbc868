import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseExact } from "@/lib/core/exact-json";
import { main } from "../main";
import { openTerminal } from "../testing/run-cli";
import { startTestServer, type TestEvent, type TestRun, type TestServer, testKey } from "../testing/test-server";
import { tailRun } from "./tail";

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.close());

const backoff = { firstMs: 1, maxMs: 4 };
const id = "01920000-0000-7000-8000-000000000001";

function event(seq: number, type: string, fields: Record<string, unknown> = {}): TestEvent {
  const at = new Date(Date.UTC(2024, 0, 15, 10, 30, seq)).toISOString();
  return { seq, type, occurredAt: at, receivedAt: at, source: { dialect: "crewship", type }, ...fields };
}

function addRun(fields: Partial<TestRun> = {}): TestRun {
  const run: TestRun = { id, externalId: "run_abc123", status: "running", durationMs: null, events: [], ...fields };
  server.runs.unshift(run);
  return run;
}

function logs(from: number, to: number): TestEvent[] {
  return Array.from({ length: to - from + 1 }, (_, index) => event(from + index, "log.written", { text: `line ${from + index}` }));
}

function numbers(json: string): number[] {
  return json
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line).seq);
}

/** `whileOpen` happens once the run's stream is open. */
async function tail(args: readonly string[], whileOpen?: (terminal: { interrupt: () => void }) => void) {
  const terminal = openTerminal({ WATCHFLOOR_URL: server.url, WATCHFLOOR_API_KEY: testKey, NO_COLOR: "1" });
  const opened = server.streamOpened();
  const done = main(["tail", ...args], terminal.io);
  if (whileOpen !== undefined) {
    // A command that ends without one is told apart by what it printed.
    await Promise.race([opened, done]);
    whileOpen(terminal);
  }
  const code = await done;
  return { code, ...(await terminal.printed()) };
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

function finish(run: TestRun, seq: number): void {
  Object.assign(run, { status: "succeeded", durationMs: 5 });
  server.append(run, event(seq, "run.completed"));
}

/** Follows the run with quick reconnects; `whileOpen` happens once its stream is open. */
async function follow(whileOpen: () => void | Promise<void>) {
  const terminal = openTerminal();
  const opened = server.streamOpened();
  const done = tailRun(terminal.io, id, fastOptions());
  await Promise.race([opened, done]);
  await whileOpen();
  const code = await done;
  return { code, ...(await terminal.printed()) };
}

const fastOptions = () => ({
  connection: { url: server.url, key: testKey },
  from: 1,
  follow: true,
  json: true,
  utc: true,
  all: false,
  types: undefined,
  backoff,
});

describe("tail", () => {
  test("prints a finished run as a tree and gives 0 for success", async () => {
    addRun({ status: "succeeded", durationMs: 45_200, events: [event(1, "run.started"), ...logs(2, 3), event(4, "run.completed")] });
    const { code, out, err } = await tail(["run_abc123", "--utc"]);
    expect(out).toBe("▶ Run started: run_abc123\n├─ [10:30:02] line 2\n├─ [10:30:03] line 3\n✅ Run completed in 45.2s\n");
    expect(err).toBe("");
    expect(code).toBe(0);
  });

  test("follows a run that is still going and ends with it", async () => {
    const run = addRun({ events: [event(1, "run.started")] });
    const { code, out } = await tail(["run_abc123", "--utc"], () => {
      server.append(run, event(2, "tool.called", { name: "web_search", input: "AI agents 2024" }));
      Object.assign(run, { status: "failed", durationMs: 12_300, error: { message: "rate limit" } });
      server.append(run, event(3, "run.failed"));
    });
    expect(out).toBe(
      '▶ Run started: run_abc123\n├─ [10:30:02] Tool: web_search("AI agents 2024")\n❌ Run failed after 12.3s: rate limit\n',
    );
    expect(code).toBe(1);
  });

  test("prints what is to be approved digit by digit, from the history and from the stream", async () => {
    const approval = { tool: "pay", arguments: parseExact('{"account":9007199254740993,"amount":1.0,"amount":2.50}') };
    const run = addRun({ events: [event(1, "run.started"), event(2, "approval.requested", { approval })] });
    const { out } = await tail(["run_abc123", "--utc"], () => {
      server.append(run, event(3, "approval.requested", { approval }));
      Object.assign(run, { status: "succeeded", durationMs: 1_000 });
      server.append(run, event(4, "run.completed"));
    });
    expect(out.match(/pay\(account: 9007199254740993, amount: 1\.0, amount: 2\.50\)/g)).toHaveLength(2);
  });

  test("an event that is committed right behind the last one is printed before the end line", async () => {
    const run = addRun({ events: [event(1, "run.started")] });
    const { out } = await tail(["run_abc123", "--utc"], () => {
      Object.assign(run, { status: "succeeded", durationMs: 1_000 });
      // Both are stored when the stream has carried only the first of them.
      server.append(run, event(2, "run.completed"), event(3, "log.written", { text: "late" }));
    });
    expect(out).toBe("▶ Run started: run_abc123\n├─ [10:30:03] late\n✅ Run completed in 1.0s\n");
  });

  test("a stream that is cut again and again loses no line and doubles none", async () => {
    const run = addRun({ events: logs(1, 60) });
    server.cuts.push(7, 0, 1, 13, 0, 20);
    const { code, out } = await follow(() => {
      server.append(run, ...logs(61, 80));
      finish(run, 81);
    });
    expect(code).toBe(0);
    expect(numbers(out)).toEqual(upTo(81));
    expect(server.cuts).toEqual([]);
    expect(server.requests.filter((request) => request.includes("/stream")).length).toBe(7);
  });

  test("a server that restarts on its port is found again, and the run goes on where it was", async () => {
    const run = addRun({ events: logs(1, 5) });
    const port = Number(new URL(server.url).port);
    const { code, out } = await follow(async () => {
      await server.close();
      await server.listen(port);
      server.append(run, ...logs(6, 9));
      finish(run, 10);
    });
    expect(code).toBe(0);
    expect(numbers(out)).toEqual(upTo(10));
  });

  test("a jump in the sequence is re-read from the log before anything behind it is printed", async () => {
    const run = addRun({ events: logs(1, 9) });
    server.drops.push(new Set([4, 5, 8]));
    const { code, out } = await follow(() => finish(run, 10));
    expect(code).toBe(0);
    expect(numbers(out)).toEqual(upTo(10));
    expect(server.requests.filter((request) => request.includes("/events?"))).toHaveLength(2);
  });

  test("numbers that have left the log are passed over, and asked for once only", async () => {
    const run = addRun({ events: [...logs(1, 2), ...logs(6, 7), ...logs(10, 11)] });
    const { out } = await follow(() => finish(run, 12));
    expect(numbers(out)).toEqual([1, 2, 6, 7, 10, 11, 12]);
    expect(server.requests.filter((request) => request.includes("/events?"))).toHaveLength(1);
  });

  test("a server that is too busy is asked again, after the time it asks for", async () => {
    addRun({ status: "succeeded", durationMs: 1_000, events: [event(1, "run.started"), event(2, "run.completed")] });
    server.refusals.push({ status: 503, headers: { "retry-after": "0" } }, { status: 503, headers: { "retry-after": "0" } });
    const { code, out } = await tail(["run_abc123"]);
    expect(code).toBe(0);
    expect(out).toContain("✅ Run completed in 1.0s");
  });

  test("Ctrl-C gives 130 and no closing line", async () => {
    addRun({ events: [event(1, "run.started")] });
    const { code, out } = await tail(["run_abc123"], (terminal) => terminal.interrupt());
    expect(code).toBe(130);
    expect(out).not.toContain("✅");
  });

  test("without following it prints what is stored of an open run and gives 0", async () => {
    addRun({ events: [event(1, "run.started"), ...logs(2, 4)] });
    const { code, out } = await tail(["run_abc123", "--no-follow", "--utc", "--from", "3"]);
    expect(out).toBe("▶ Run: run_abc123\n├─ [10:30:03] line 3\n├─ [10:30:04] line 4\n");
    expect(code).toBe(0);
  });

  test("--json prints the events and nothing else, filtered by --types", async () => {
    addRun({ status: "cancelled", events: [event(1, "run.started"), ...logs(2, 3), event(4, "run.cancelled")] });
    const { code, out } = await tail(["run_abc123", "--json", "--types", "log.*"]);
    expect(numbers(out)).toEqual([2, 3]);
    expect(code).toBe(1);
  });

  test("a history of several pages is printed whole", async () => {
    addRun({ status: "succeeded", events: logs(1, 2_500) });
    const { out } = await tail(["run_abc123", "--json"]);
    expect(numbers(out)).toEqual(Array.from({ length: 2_500 }, (_, index) => index + 1));
  });

  test("--follow-latest prints the newest run, then the next one that starts", async () => {
    addRun({ status: "succeeded", durationMs: 1_000, events: [event(1, "run.started")] });
    const second: TestRun = {
      id: id.replace(/1$/, "2"),
      externalId: "run_next",
      status: "failed",
      durationMs: 2_000,
      events: [event(1, "run.started")],
    };
    const terminal = openTerminal({ WATCHFLOOR_URL: server.url, WATCHFLOOR_API_KEY: testKey });
    let printed = "";
    const done = main(["tail", "--follow-latest"], terminal.io);
    terminal.stdout.on("data", (chunk) => {
      printed += chunk;
      if (printed.endsWith("completed in 1.0s\n")) server.announce(second);
      if (printed.endsWith("failed after 2.0s\n")) terminal.interrupt();
    });
    expect(await done).toBe(130);
    expect(printed).toBe("▶ Run started: run_abc123\n✅ Run completed in 1.0s\n▶ Run started: run_next\n❌ Run failed after 2.0s\n");
  });

  test("--follow-latest says so when its key is refused while it waits", async () => {
    addRun({ status: "succeeded", durationMs: 1_000, events: [event(1, "run.started")] });
    const terminal = openTerminal({ WATCHFLOOR_URL: server.url, WATCHFLOOR_API_KEY: testKey });
    let printed = "";
    terminal.stdout.on("data", (chunk) => {
      printed += chunk;
      const error = { code: "unauthorized", message: "the key was revoked", requestId: "req_1" };
      if (printed.endsWith("completed in 1.0s\n")) server.refusals.push({ status: 401, body: { error } });
    });
    expect(await main(["tail", "--follow-latest"], terminal.io)).toBe(2);
    expect((await terminal.printed()).err).toBe(`watchfloor: ${server.url} rejected the key: the key was revoked\n`);
  });

  test("an unknown run, a refused key and a missing server each get one clear line and 2", async () => {
    const unknown = await tail(["nope\u001b[2J"]);
    expect(unknown).toEqual({ code: 2, out: "", err: `watchfloor: no run nope on ${server.url}\n` });

    const refused = await tail(["run_abc123", "--key", "wrong"]);
    expect(refused).toEqual({ code: 2, out: "", err: `watchfloor: ${server.url} rejected the key: the key is unknown\n` });

    const gone = await startTestServer();
    const { url } = gone;
    await gone.close();
    const missing = await tail(["run_abc123", "--url", url]);
    const advice = "start the server with `npm start`, or set another one with --url";
    expect(missing).toEqual({ code: 2, out: "", err: `watchfloor: no answer from ${url} (connection refused); ${advice}\n` });
  });

  test("a server that stays busy is waited for, and that is said", async () => {
    addRun({ status: "succeeded", durationMs: 1_000, events: [event(1, "run.started")] });
    for (let n = 0; n < 4; n += 1) server.refusals.push({ status: 503, headers: { "retry-after": "0" } });
    const { code, err } = await tail(["run_abc123"]);
    expect({ code, err }).toEqual({ code: 0, err: `watchfloor: ${server.url} is unreachable or busy; retrying (next try in 0.0 s)\n` });
  });

  test.each([
    [["tail"], "watchfloor: tail needs a run: watchfloor tail <run>, or --follow-latest\n"],
    [["tail", "a", "--from", "x"], "watchfloor: --from must be a whole number of at least 1\n"],
    [["tail", "a", "--follow-latest"], "watchfloor: pass a run or --follow-latest, not both\n"],
    [["dance"], "watchfloor: unknown command dance; see `watchfloor help`\n"],
    [["tee"], "watchfloor: --dialect must be one of shannon, agent-os, powabase, crewship, resonant\n"],
    [["link", "--url", "ftp://x"], "watchfloor: not a web address: ftp://x; it must begin with http:// or https://\n"],
    [["link", "--url", "localhost:3000"], "watchfloor: not a web address: localhost:3000; it must begin with http:// or https://\n"],
    [["tail", "--colour"], "watchfloor: Unknown option '--colour'; see `watchfloor help`\n"],
    [["tail", "--url", "--json"], "watchfloor: Option '--url' argument is ambiguous; see `watchfloor help`\n"],
  ])("a wrong call is explained: %j", async (args, line) => {
    const terminal = openTerminal({ WATCHFLOOR_URL: server.url, WATCHFLOOR_API_KEY: testKey });
    expect(await main(args, terminal.io)).toBe(2);
    expect((await terminal.printed()).err).toBe(line);
  });
});
