import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestServer, type TestServer } from "@/test/server";
import type { Sink } from "./sink";
import { streamWhenKnown } from "./stream-when-known";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

it("a stream whose run never comes says so and ends", async () => {
  const otherwise = { event: "ERROR_OCCURRED", data: { type: "ERROR_OCCURRED", message: "Workflow not found" } };
  const reply = streamWhenKnown({
    ...{ projectId: "0190a1b2-c3d4-7000-8000-00000000abcd", find: async () => null, greeting: "hello", heartbeat: "ping" },
    ...{ waitMs: 1, otherwise, open: () => expect.fail("there is no run") },
  });
  const text = await new Promise<string>((resolve) => {
    let written = "";
    const sink: Sink = {
      write: (chunk) => {
        written += Buffer.from(chunk).toString();
      },
      end: () => resolve(written),
      cut: () => resolve("cut"),
      drained: async () => {},
      onClose: () => {},
      ...{ unsent: 0, closed: false },
    };
    if (reply.kind === "stream") reply.start(sink);
  });
  expect(text).toBe(': hello\n\nevent: ERROR_OCCURRED\ndata: {"type":"ERROR_OCCURRED","message":"Workflow not found"}\n\n');
});
