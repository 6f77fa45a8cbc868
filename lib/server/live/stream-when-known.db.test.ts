import { afterAll, beforeAll, expect, it } from "vitest";
import { defaultProjectId } from "@/db/migrate";
import type { Redactor } from "@/lib/core/redaction/redactor";
import { startTestServer, type TestServer } from "@/test/server";
import type { CachedRun } from "../events/append/run-cache";
import type { Reply } from "../http/call";
import { arrivedRuns } from "../runs/arrived-runs";
import { findRunIfAny } from "../runs/find-run";
import type { Sink } from "./sink";
import { socketWhenKnown, streamWhenKnown } from "./stream-when-known";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const unknown = { type: "ERROR_OCCURRED", message: "Workflow not found" };
const waiting = {
  ...{ projectId: "0190a1b2-c3d4-7000-8000-00000000abcd", id: "wf-never", find: async () => null, waitMs: 1 },
  open: () => expect.fail("there is no run"),
};

/** All that is written until the reply ends. */
function writtenBy(reply: Reply): Promise<string> {
  return new Promise((resolve) => {
    let written = "";
    const sink: Sink = {
      write: (chunk) => {
        written += Buffer.from(chunk).toString("latin1");
      },
      end: () => resolve(written),
      cut: () => resolve("cut"),
      drained: async () => {},
      onClose: () => {},
      ...{ unsent: 0, closed: false },
    };
    if (reply.kind !== "full") reply.start(sink);
  });
}

it("a stream whose run never comes says so and ends", async () => {
  const otherwise = { event: "ERROR_OCCURRED", data: unknown };
  expect(await writtenBy(streamWhenKnown({ ...waiting, greeting: "hello", heartbeat: "ping", otherwise }))).toBe(
    ': hello\n\nevent: ERROR_OCCURRED\ndata: {"type":"ERROR_OCCURRED","message":"Workflow not found"}\n\n',
  );
});

it("a WebSocket whose run never comes says so in its one message and ends", async () => {
  const message = '{"type":"ERROR_OCCURRED","message":"Workflow not found"}';
  expect(await writtenBy(socketWhenKnown({ ...waiting, otherwise: unknown }))).toBe(`\x81${String.fromCharCode(message.length)}${message}`);
});

it("streams that wait for their runs in a busy project are looked after together: each looks itself when it begins and when its run came", async () => {
  const projectId = defaultProjectId;
  const finds = new Map<string, number>();
  const open = (id: string) => {
    const find = async () => {
      finds.set(id, (finds.get(id) ?? 0) + 1);
      return findRunIfAny(projectId, id, "shannon");
    };
    const came = { ...waiting, projectId, id, find, waitMs: 600_000, open: () => ({ kind: "full", status: 200, body: null }) as const };
    return writtenBy(streamWhenKnown({ ...came, greeting: "hello", heartbeat: "ping", otherwise: { event: "E", data: unknown } }));
  };
  const never = Array.from({ length: 20 }, (_, n) => `wf-never-${n}`);
  for (const id of never) void open(id);
  for (const id of ["wf-first", "wf-second"]) {
    const ended = open(id);
    await expect.poll(() => finds.get(id)).toBe(1);
    await server.send("/events", { workflow_id: id, type: "WORKFLOW_STARTED" });
    expect(await ended).toBe(": hello\n\n");
  }
  expect(Object.fromEntries(finds)).toEqual({ ...Object.fromEntries(never.map((id) => [id, 1])), "wf-first": 2, "wf-second": 2 });
});

it("a run is known to have come by the sender's id, by ours and by what is kept of an id that holds a secret", async () => {
  const { pool } = server.services;
  await server.send("/events", { workflow_id: "wf-kept", type: "WORKFLOW_STARTED" });
  const { id } = (await findRunIfAny(defaultProjectId, "wf-kept")) as CachedRun;
  const redactor = { text: (text: string) => text.replace("secret", "kept") } as Redactor;
  const asked = { projectId: defaultProjectId, ids: ["wf-\u0000", "wf-\ud800", "wf-other", "wf-kept", id, "wf-secret"] };
  expect(await arrivedRuns(pool, null, asked)).toEqual(["wf-kept", id]);
  expect(await arrivedRuns(pool, redactor, asked)).toEqual(["wf-kept", id, "wf-secret"]);
});
