import { isUtf8 } from "node:buffer";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { main } from "../main";
import { openTerminal, type Terminal } from "../testing/run-cli";
import { startTestServer, type Taken, type TestServer, testKey } from "../testing/test-server";
import { type TeeOptions, tee } from "./tee";

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.close());

const backoff = { firstMs: 1, maxMs: 4 };
const frame = (id: number) => `event: log\ndata: {"message":"line ${id}"}\nid: evt_${id}\n\n`;
const frames = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => frame(from + index));

function options(overrides: Partial<TeeOptions> = {}): TeeOptions {
  const connection = { url: server.url, key: testKey };
  return { door: { connection, dialect: "crewship", run: "run_1" }, bufferBytes: 1024 * 1024, drainMs: 5_000, backoff, ...overrides };
}

/** Counts the frames of a body as accepted, all of one run. */
function acceptFrames(taken: Taken) {
  const accepted = taken.body.split("\n\n").length - 1;
  return {
    status: 200,
    body: { accepted, duplicates: 0, rejected: [], runs: [{ id: "r", externalId: "run_1", firstSeq: 1, lastSeq: 1 }] },
  };
}

async function pipe(input: readonly (string | Uint8Array)[], overrides: Partial<TeeOptions> = {}) {
  const terminal = openTerminal();
  const done = tee(terminal.io, options(overrides));
  for (const chunk of input) terminal.stdin.write(chunk);
  terminal.stdin.end();
  const code = await done;
  return { code, ...(await terminal.printed()) };
}

const received = () => server.taken.map((taken) => taken.body).join("");

describe("tee", () => {
  test("passes every byte through unchanged and forwards every frame once, in order", async () => {
    server.door = acceptFrames;
    const all = frames(1, 1_200).join("");
    // Cut at odd places, in the middle of lines and of multi-byte characters.
    const bytes = Buffer.from(`: hello\r\n\r\n${all.replaceAll("line", "línea")}`);
    const pieces = Array.from({ length: Math.ceil(bytes.length / 997) }, (_, index) => bytes.subarray(index * 997, (index + 1) * 997));
    const { code, out, err } = await pipe(pieces);
    expect(out).toBe(bytes.toString("utf8"));
    expect(received()).toBe(all.replaceAll("line", "línea"));
    expect(server.taken[0]?.headers["content-type"]).toBe("text/event-stream");
    expect(server.taken[0]?.path).toBe("/api/ingest/crewship?run=run_1");
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });

  test("bytes that are no text at all pass through too", async () => {
    const noise = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256));
    const terminal = openTerminal();
    const passed: Buffer[] = [];
    terminal.stdout.on("data", (chunk) => passed.push(chunk));
    const done = tee(terminal.io, options());
    terminal.stdin.end(noise);
    await done;
    expect(Buffer.concat(passed)).toEqual(noise);
  });

  test("the first frame leaves at once, while the input goes on", async () => {
    const terminal = openTerminal();
    const arrived = new Promise<Taken>((resolve) => {
      server.door = (taken) => {
        resolve(taken);
        return acceptFrames(taken);
      };
    });
    const done = tee(terminal.io, options());
    terminal.stdin.write(frame(1));
    expect((await arrived).body).toBe(frame(1));
    terminal.stdin.end();
    expect(await done).toBe(0);
  });

  test("an NDJSON input is recognised and forwarded line by line, the last one without a line end included", async () => {
    const { code } = await pipe(['\n{"type":"A"}\r\n', '{"type":"B"}\n{"ty', 'pe":"C"}']);
    expect(received()).toBe('{"type":"A"}\n{"type":"B"}\n{"type":"C"}\n');
    expect(server.taken[0]?.headers["content-type"]).toBe("application/x-ndjson");
    expect(code).toBe(0);
  });

  test("a server that is down does not hold up the bytes, and gets every event when it comes back", async () => {
    const port = Number(new URL(server.url).port);
    await server.close();
    server.door = acceptFrames;
    const all = frames(1, 50);
    const terminal = openTerminal();
    const whole = passedThrough(terminal, all.join("").length);
    const done = tee(terminal.io, options());
    for (const one of all) terminal.stdin.write(one);
    expect(await whole).toBe(all.join(""));
    await server.listen(port);
    terminal.stdin.end();
    expect(await done).toBe(0);
    expect(received()).toBe(all.join(""));
    expect((await terminal.printed()).err).toMatch(/^watchfloor: no answer from .+ events are buffered until it is back\n$/);
  });

  test("a busy server and a lost answer are tried again with the same key, so nothing is stored twice", async () => {
    const keys: unknown[] = [];
    const replies = [{ status: 503, headers: { "retry-after": "0" } }, { status: 200, cut: true }, { status: 502 }];
    server.door = (taken) => {
      keys.push(taken.headers["idempotency-key"]);
      return replies.shift() ?? acceptFrames(taken);
    };
    const { code } = await pipe([frame(1)]);
    expect(code).toBe(0);
    expect(keys).toHaveLength(4);
    expect(new Set(keys).size).toBe(1);
  });

  test("memory is bounded: what does not fit is counted as lost, and the exit code says so", async () => {
    await server.close();
    const all = frames(1, 2_000).join("");
    const { code, out, err } = await pipe([all], { bufferBytes: 4_096, drainMs: 20 });
    expect(out).toBe(all);
    expect(code).toBe(1);
    expect(err).toContain("the buffer is full; newer events are lost");
    expect(err).toContain("0 events stored, 2000 lost, 0 rejected");
    await server.listen(0);
  });

  test("a byte that is no UTF-8 is passed on as it is, and costs no event", async () => {
    server.door = acceptFrames;
    const broken = Buffer.concat([Buffer.from('data: {"message":"caf'), Buffer.from([0xe9]), Buffer.from('"}\n\n')]);
    const all = Buffer.concat([Buffer.from(frame(1)), broken, Buffer.from(frame(2))]);
    const terminal = openTerminal();
    const passed: Buffer[] = [];
    terminal.stdout.on("data", (chunk: Buffer) => passed.push(chunk));
    terminal.stdin.end(all);
    const code = await tee(terminal.io, options());
    await terminal.printed();
    expect(code).toBe(0);
    expect(Buffer.concat(passed)).toEqual(all);
    expect(server.taken.every(({ bytes }) => isUtf8(bytes))).toBe(true);
    expect(received()).toBe(`${frame(1)}data: {"message":"caf\ufffd"}\n\n${frame(2)}`);
  });

  test("an input without events passes, and is said to have none", async () => {
    server.door = () => ({ status: 200, body: { accepted: 0, duplicates: 0, rejected: [], runs: [] } });
    const { code, out, err } = await pipe(["hello\nworld\n"]);
    expect({ code, out, err }).toEqual({
      ...{ code: 0, out: "hello\nworld\n" },
      err: "watchfloor: no events found in the input; set the format with --format\n",
    });
  });

  test("a program that answers in words of its own is no server: that is said at once", async () => {
    server.door = () => ({ status: 200 });
    const { code, err } = await pipe([frame(1)]);
    expect(code).toBe(1);
    expect(err).toBe(`watchfloor: ${server.url} did not reply like a Watchfloor server\nwatchfloor: 0 events stored, 1 lost, 0 rejected\n`);
  });

  test("any number of seconds may be given for what is left at the end", async () => {
    server.door = acceptFrames;
    const terminal = openTerminal({ WATCHFLOOR_URL: server.url, WATCHFLOOR_API_KEY: testKey });
    terminal.stdin.end(frame(1));
    expect(await main(["tee", "--dialect", "crewship", "--drain-seconds", "99999999"], terminal.io)).toBe(0);
    expect((await terminal.printed()).err).toBe("");
  });

  test("single refusals are counted and explained", async () => {
    server.door = () => ({
      status: 200,
      body: { accepted: 1, duplicates: 0, rejected: [{ index: 1, code: "missing_type", message: "an event needs a type" }], runs: [] },
    });
    const { code, err } = await pipe([frame(1) + frame(2)]);
    expect(code).toBe(1);
    expect(err).toBe("watchfloor: events are rejected: an event needs a type\nwatchfloor: 2 events stored, 0 lost, 2 rejected\n");
  });

  test("a batch of which every event is refused counts as refused, not as lost", async () => {
    const rejected = [{ index: 0, code: "missing_run", message: "no run" }];
    const error = { code: "invalid_event", message: "no run", requestId: "r" };
    server.door = () => ({ status: 422, body: { error, accepted: 0, duplicates: 0, rejected, rejectedTotal: 1, runs: [] } });
    const { code, err } = await pipe([frame(1)]);
    expect(code).toBe(1);
    expect(err).toBe("watchfloor: events are rejected: no run\nwatchfloor: 0 events stored, 0 lost, 1 rejected\n");
  });

  test("a refused key is said once and costs the stream nothing", async () => {
    const connection = { url: server.url, key: "wrong" };
    const all = frames(1, 30).join("");
    const { code, out, err } = await pipe([all], { door: { connection, dialect: "crewship" } });
    expect(out).toBe(all);
    expect(code).toBe(1);
    expect(err).toBe(`watchfloor: ${server.url} rejected the key: the key is unknown\nwatchfloor: 0 events stored, 30 lost, 0 rejected\n`);
  });

  test("a stream that names its run only at the start stays with that run in later batches", async () => {
    const terminal = openTerminal();
    const connection = { url: server.url, key: testKey };
    const batches: Taken[] = [];
    server.door = (taken) => {
      batches.push(taken);
      if (batches.length === 1) terminal.stdin.end('data: {"event":"content_delta","delta":"Hi"}\n\n');
      return acceptFrames(taken);
    };
    const done = tee(terminal.io, options({ door: { connection, dialect: "powabase" } }));
    terminal.stdin.write('data: {"event":"start","run_id":"run_1"}\n\n');
    expect(await done).toBe(0);
    expect(batches.map((taken) => taken.path)).toEqual(["/api/ingest/powabase", "/api/ingest/powabase?run=run_1"]);
  });

  test("a reader that leaves ends the pipe after what was read has been forwarded", async () => {
    server.door = acceptFrames;
    const terminal = openTerminal();
    terminal.stdout.on("error", () => undefined);
    terminal.stdout.once("data", () => terminal.stdout.destroy());
    const done = tee(terminal.io, options());
    terminal.stdin.write(frame(1));
    terminal.stdin.write(frame(2));
    expect(await done).toBe(0);
    expect(received()).toContain(frame(1));
    expect(terminal.stdin.destroyed).toBe(true);
  });

  test("an event that was cut because the reader left is not taken for a bad one", async () => {
    server.door = acceptFrames;
    const terminal = openTerminal();
    terminal.stdout.on("error", () => undefined);
    terminal.stdout.once("data", () => terminal.stdout.destroy());
    const done = tee(terminal.io, options());
    terminal.stdin.write(`${frame(1)}event: log\ndata: {"mess`);
    expect(await done).toBe(0);
    expect(received()).toBe(frame(1));
  });

  test("Ctrl-C forwards what was read and gives 130", async () => {
    server.door = acceptFrames;
    const terminal = openTerminal({ WATCHFLOOR_URL: server.url, WATCHFLOOR_API_KEY: testKey });
    terminal.stdout.once("data", () => terminal.interrupt());
    const done = main(["tee", "--dialect", "crewship", "--source", "laptop"], terminal.io);
    terminal.stdin.write(frame(1));
    expect(await done).toBe(130);
    expect(server.taken.map((taken) => [taken.path, taken.body])).toEqual([["/api/ingest/crewship?source=laptop", frame(1)]]);
  });
});

function passedThrough(terminal: Terminal, length: number): Promise<string> {
  return new Promise((resolve) => {
    let passed = "";
    terminal.stdout.on("data", (chunk) => {
      passed += chunk;
      if (passed.length >= length) resolve(passed);
    });
  });
}
