import { afterAll, beforeAll, expect, it } from "vitest";
import type { EventPage } from "@/lib/core/api/event";
import { startTestServer, type TestServer } from "@/test/server";
import { Coming, freeBytes, mostComing } from "../http/gathered";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false });
});
afterAll(() => server.stop());

it("events are taken while questions that take long have all connections for reading, also from a key that was not heard of before", async () => {
  const { pool } = server.services;
  const authorization = `Bearer ${await server.key("ingest")}`;
  const held = { count: 0, letGo: () => {} };
  const answered = new Promise<void>((resolve) => {
    held.letGo = resolve;
  });
  const slow = Array.from({ length: pool.options.max }, () =>
    pool.begin(async (tx) => {
      await tx`select 1`;
      held.count += 1;
      await answered;
    }),
  );
  try {
    await expect.poll(() => held.count).toBe(pool.options.max);
    const event = { workflow_id: "wf-meanwhile", type: "WORKFLOW_STARTED" };
    expect((await server.send("/events?source=new", event, { authorization })).status).toBe(200);
  } finally {
    held.letGo();
  }
  await Promise.all(slow);
});

// G11
it.each([
  ["application/x-ndjson", (text: string) => `${text}\n`, "\n"],
  ["text/event-stream", (text: string) => `data: ${text}\n\n`, "\n\n"],
])(
  "streams of %s that stop in the middle of an event are refused together, at the sum that bodies may have",
  async (type, framed, blank) => {
    const event = (message: string) =>
      framed(JSON.stringify({ workflow_id: `half-${type}`, type: "AGENT_STARTED", agent_id: "a", message }));
    const half = event("x".repeat(2 * freeBytes)).slice(0, -10);
    const send = async (pieces: readonly string[]) => {
      const body = new ReadableStream({
        start: (controller) => {
          for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
          controller.close();
        },
      });
      const init = { method: "POST", headers: { "content-type": type }, body, duplex: "half" } as RequestInit;
      const reply = await server.fetch("/api/ingest/shannon", init);
      return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
    };
    const others = new Coming();
    others.hold(mostComing);
    try {
      const refused = await send([event("first"), half, half]);
      expect(refused).toMatchObject({
        status: 503,
        body: { error: { code: "overloaded", hint: expect.stringContaining("Every event before the last one is stored") } },
      });
      const { events } = (await (await server.fetch(`/api/runs/${encodeURIComponent(`half-${type}`)}/events`)).json()) as EventPage;
      expect(events.map(({ summary }) => summary)).toHaveLength(1);
      // Whole events and what is no event are not held, however much of them comes.
      const many = Array.from({ length: 4 }, (_, n) => event(`${n}`.repeat(freeBytes / 2)));
      expect(await send([...many, blank.repeat(2 * freeBytes), event("last")])).toMatchObject({ status: 200, body: { accepted: 5 } });
    } finally {
      others.hold(0);
    }
    expect(await send([event("now"), half, event("")])).toMatchObject({ body: { accepted: 1, rejectedTotal: 1 } });
  },
);
