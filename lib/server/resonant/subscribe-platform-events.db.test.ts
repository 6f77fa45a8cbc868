import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readStream } from "@/test/read-stream";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** Ids of a subscription to a session that is over. */
async function subscribed(session: string, { query = "", headers = {} } = {}): Promise<string[]> {
  const path = `/api/v1/events/subscribe?session_id=${encodeURIComponent(session)}${query}`;
  const text = await (await readStream(server.fetch, path, headers)).end();
  expect(text).not.toContain("event: reset");
  return text.match(/(?<=^id: ).*$/gm) ?? [];
}

async function listed(session: string, query = ""): Promise<string[]> {
  const reply = await server.fetch(`/api/v1/events?session_id=${encodeURIComponent(session)}${query}`);
  return ((await reply.json()) as { data: { id: string }[] }).data.map(({ id }) => id);
}

describe("a subscription resumes exactly", () => {
  it("behind an id that is not ASCII, which a browser sends as UTF-8", async () => {
    const session = "сессия 😀";
    const event = (id: string | undefined, type: string) => ({ id, type, data: { session_id: session } });
    await server.send("/api/ingest/resonant", [
      event("evt_é", "session.started"),
      event(undefined, "session.step.completed"),
      event("evt_ж", "session.completed"),
    ]);
    const ids = await subscribed(session);
    expect(ids).toEqual(["evt_é", "evt_сессия 😀_2", "evt_ж"]);
    const written = (id: string) => ({ headers: { "last-event-id": Buffer.from(id, "utf8").toString("latin1") } });
    expect(await subscribed(session, written("evt_é"))).toEqual(ids.slice(1));
    expect(await subscribed(session, written("evt_сессия 😀_2"))).toEqual(ids.slice(2));
    const path = `/api/v1/events/subscribe?session_id=${encodeURIComponent(session)}`;
    expect((await server.fetch(path, written("evt_ж"))).status).toBe(204);
    // Whoever writes a byte a character is understood, too.
    expect(await subscribed(session, { headers: { "last-event-id": "evt_é" } })).toEqual(ids.slice(1));
  });

  it("behind an id that its sender wrote as a number, by which the event is also found and known again", async () => {
    const events = ["session.started", "session.step.completed", "session.completed"].map((type, n) => ({
      ...{ id: 700 + n, type, data: { session_id: "sess-numbers" } },
    }));
    await server.send("/api/ingest/resonant", events);
    expect(await (await server.send("/api/ingest/resonant", events)).json()).toMatchObject({ accepted: 0, duplicates: 3 });
    expect(await subscribed("sess-numbers")).toEqual(["700", "701", "702"]);
    expect(await subscribed("sess-numbers", { headers: { "last-event-id": "700" } })).toEqual(["701", "702"]);
    expect(await (await server.fetch("/api/v1/events/701")).json()).toMatchObject({ id: "701", type: "session.step.completed" });
  });

  it("from the beginning where the id is of another server, which is told in an envelope like any event", async () => {
    const path = "/api/v1/events/subscribe?session_id=sess-numbers&last_event_id=evt_from_elsewhere";
    const [, reset, first] = (await (await readStream(server.fetch, path)).end()).split("\n\n");
    expect(first).toMatch(/^id: 700\n/);
    const [, told] = /^event: reset\ndata: (.*)$/.exec(reset as string) ?? [];
    expect(JSON.parse(told ?? "")).toEqual({
      ...{ id: expect.stringMatching(/^evt_reset_\d+$/), type: "reset", created_at: expect.stringMatching(/^\d{4}-.*Z$/) },
      ...{ data: { reason: "unknown event id", last_event_id: "evt_from_elsewhere" }, metadata: {} },
    });
  });

  it("behind the first of its places that names one", async () => {
    const ids = await subscribed("sess-numbers", { query: "&last_event_id=700", headers: { "last-event-id": "" } });
    expect(ids).toEqual(["701", "702"]);
  });
});

describe("a subscription to a session tells all that is known of it", () => {
  const send = (session: string, ...types: readonly string[]) =>
    server.send(
      "/api/ingest/resonant",
      types.map((type) => ({ type, data: { session_id: session } })),
    );

  it("also what came behind its end, before it ends itself", async () => {
    await send("sess-after", "session.started", "session.completed", "session.step.completed", "team.task.assigned");
    expect(await subscribed("sess-after")).toEqual([1, 2, 3, 4].map((seq) => `evt_sess-after_${seq}`));
  });

  it("and follows one that was begun anew until it ends again", async () => {
    await send("sess-anew", "session.started", "session.completed", "session.started", "session.step.completed");
    const reader = await readStream(server.fetch, "/api/v1/events/subscribe?session_id=sess-anew");
    await reader.until("evt_sess-anew_4");
    await send("sess-anew", "session.step.completed", "session.failed");
    expect((await reader.end()).match(/(?<=^id: ).*$/gm)).toEqual([1, 2, 3, 4, 5, 6].map((seq) => `evt_sess-anew_${seq}`));
  });
});

it("narrows to an agent as the list does: to what names it, as a text or as a number", async () => {
  const session = "sess-agents";
  await server.send("/api/ingest/resonant", [
    { id: "a1", type: "session.started", data: { session_id: session, agent_id: "agent_456" } },
    { id: "a2", type: "team.task.assigned", data: { session_id: session, assigned_by: "agent_456", assigned_to: "agent_789" } },
    { id: "a3", type: "session.step.completed", data: { session_id: session, agent_id: 456 } },
    { id: "a4", type: "session.completed", data: { session_id: session, agent_id: "agent_456" } },
  ]);
  for (const [agent, ids] of [
    ["agent_456", ["a1", "a4"]],
    ["456", ["a3"]],
    ["agent_789", []],
  ] as const) {
    expect(await listed(session, `&agent_id=${agent}`)).toEqual(ids);
    expect(await subscribed(session, { query: `&agent_id=${agent}` })).toEqual(ids);
  }
});
