import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestServer, type TestServer } from "@/test/server";
import type { Reply } from "../http/call";
import type { Sink } from "./sink";
import { socketWhenKnown, streamWhenKnown } from "./stream-when-known";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const unknown = { type: "ERROR_OCCURRED", message: "Workflow not found" };
const waiting = {
  ...{ projectId: "0190a1b2-c3d4-7000-8000-00000000abcd", find: async () => null, waitMs: 1 },
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
