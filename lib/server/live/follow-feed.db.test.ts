import { afterAll, beforeAll, expect, it } from "vitest";
import { defaultProjectId } from "@/db/migrate";
import { startTestServer, type TestServer } from "@/test/server";
import type { StoredEvent } from "../events/append/plan";
import { installServices } from "../services";
import { followDialect } from "./follow-feed";
import { readFeedHead } from "./read-feed";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false });
});
afterAll(() => server.stop());

/** A subscription from the project's beginning on; answers how it ends. */
function follow(hear: (event: StoredEvent["event"]) => void): () => void {
  const closing: (() => void)[] = [];
  followDialect({
    ...{ projectId: defaultProjectId, dialect: "resonant", after: 0 },
    sink: {
      ...{ unsent: 0, closed: false, drained: async () => {}, write: () => {}, end: () => {}, cut: () => {} },
      onClose: (listener) => void closing.push(listener),
    },
    write: ({ event }) => {
      hear(event);
      return { chunk: null, end: false };
    },
  });
  return () => {
    for (const close of closing) close();
  };
}

it("a subscription sends nothing again when the database fails in the middle of a commit that it reads", async () => {
  const { services } = server;
  const breaking = { reads: 0 };
  const pool = new Proxy(services.pool, {
    apply: (of, self, parts) => {
      if (String(parts[0]).includes("read_events") && ++breaking.reads === 2) return Promise.reject(new Error("the database is gone"));
      return Reflect.apply(of, self, parts);
    },
  });
  // Longer than a page together, and one commit.
  const said = "x".repeat(1_200_000);
  const events = [1, 2, 3].map((n) => ({ id: `evt_${n}`, type: "session.updated", data: { session_id: "sess_long", said } }));
  expect((await server.send("/api/ingest/resonant", events)).status).toBe(200);
  installServices({ ...services, pool });
  const sent: number[] = [];
  const close = follow((event) => sent.push(event.seq));
  await expect.poll(() => breaking.reads).toBeGreaterThanOrEqual(2);
  await expect
    .poll(async () => {
      await services.hub.poll(defaultProjectId);
      return sent.at(-1);
    })
    .toBe(3);
  close();
  installServices(services);
  expect(sent).toEqual([1, 2, 3]);
});

it("a subscription looks at what other systems send once, and not again with every commit", async () => {
  const { services } = server;
  // As if it had been open while all of this came.
  for (let n = 1; n <= 5; n += 1) await server.send("/events", { workflow_id: `wf-other-${n}`, type: "WORKFLOW_STARTED" });
  const looks: number[] = [];
  const pool = new Proxy(services.pool, {
    apply: (of, self, parts) => {
      if (String(parts[0]).includes("from feed f")) looks.push(parts[2]);
      return Reflect.apply(of, self, parts);
    },
  });
  installServices({ ...services, pool });
  const sent: string[] = [];
  const close = follow((event) => sent.push(event.source.id ?? ""));
  const head = await readFeedHead(services.pool, defaultProjectId);
  await expect.poll(async () => [await services.hub.poll(defaultProjectId), looks.at(-1)]).toEqual([undefined, head]);
  sent.length = 0;
  const event = { id: "evt_new", type: "session.updated", data: { session_id: "sess_new" } };
  expect((await server.send("/api/ingest/resonant", event)).status).toBe(200);
  await expect.poll(() => sent).toEqual(["evt_new"]);
  close();
  installServices(services);
});
