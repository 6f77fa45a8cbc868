import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultProjectId } from "@/db/migrate";
import type { BulkControlReply, Control, RunControl } from "@/lib/core/api/control";
import type { EventPage } from "@/lib/core/api/event";
import type { RunSummary } from "@/lib/core/api/run";
import { readStream } from "@/test/read-stream";
import { startTestServer, type TestServer } from "@/test/server";
import { finishControls } from "./record-control";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

let seq = 0;
const say = (run: string, type: string, more: object = {}) => {
  seq += 1;
  return server.send("/api/ingest/shannon", { workflow_id: run, type, seq, payload: {}, ...more });
};
const start = (run: string) => say(run, "WORKFLOW_STARTED", { payload: { query: "Clean up" } });
const post = (path: string, body: object = {}) => server.send(path, body);
const control = async (run: string, query = "") => (await (await server.fetch(`/api/runs/${run}/control${query}`)).json()) as RunControl;
const summary = async (run: string) => (await (await server.fetch(`/api/runs/${run}`)).json()) as RunSummary;
const eventsOf = async (run: string) =>
  ((await (await server.fetch(`/api/runs/${run}/events?raw=1&limit=1000`)).json()) as EventPage).events;
const word = async (reply: Response) => [reply.status, ((await reply.json()) as { error: { code: string } }).error.code];
const until = async (run: string, holds: (control: RunControl) => boolean) => {
  for (;;) {
    const now = await control(run);
    if (holds(now)) return now;
  }
};

describe("a control request", () => {
  it("is one event of the run in its system's words, with who asked, and shows in the status at each step", async () => {
    await start("whole");
    const key = await server.key("control", "read");
    const pause = (body: object) =>
      fetch(`${server.url}/api/runs/whole/pause`, { method: "POST", headers: { "x-api-key": key }, body: JSON.stringify(body) });
    expect((await pause({ reason: "wrong folder", requestedBy: "somebody else" })).status).toBe(400);
    const asked = await pause({ reason: "wrong folder" });
    expect(asked.status).toBe(202);
    expect((await asked.json()) as Control).toMatchObject({
      action: "pause",
      outcome: "open",
      requestedBy: "control+read",
      reason: "wrong folder",
    });
    expect((await summary("whole")).status).toBe("pausing");
    await say("whole", "WORKFLOW_PAUSED", { payload: { checkpoint: "after step 3" } });
    expect((await summary("whole")).status).toBe("paused");
    expect((await control("whole")).latest).toMatchObject({ outcome: "effective", acknowledgedVia: "events" });
    expect((await post("/api/runs/whole/resume")).status).toBe(202);
    expect(await control("whole")).toMatchObject({ status: "running", desired: "running", latest: { action: "resume", outcome: "open" } });
    await say("whole", "A_TYPE_THAT_NO_CATALOGUE_LISTS");
    expect((await control("whole")).latest).toMatchObject({ action: "resume", outcome: "effective" });
    expect((await post("/api/runs/whole/cancel")).status).toBe(202);
    expect((await summary("whole")).status).toBe("cancelling");
    await say("whole", "WORKFLOW_CANCELLED");
    expect((await control("whole")).latest).toMatchObject({ action: "cancel", outcome: "effective" });
    expect((await summary("whole")).status).toBe("cancelled");
    const own = (await eventsOf("whole")).filter(({ origin }) => origin === "watchfloor");
    expect(own.map(({ type }) => type)).toEqual(["run.pausing", "run.resumed", "run.cancelling"]);
    expect(own[0]?.raw).toMatchObject({ type: "WORKFLOW_PAUSING", payload: { reason: "wrong folder" } });
  });

  it("is stored once however many ask at once, and what cannot be asked is refused with its own word", async () => {
    await start("crowd");
    const replies = await Promise.all(Array.from({ length: 50 }, () => post("/api/runs/crowd/pause")));
    expect(replies.filter(({ status }) => status === 202)).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(49);
    expect(new Set(await Promise.all(replies.map(async (reply) => ((await reply.json()) as Control).id))).size).toBe(1);
    expect((await eventsOf("crowd")).filter(({ type }) => type === "run.pausing")).toHaveLength(1);
    await say("crowd", "WORKFLOW_PAUSED");
    expect((await post("/api/runs/crowd/pause")).status).toBe(200);
    await start("words");
    expect(await word(await post("/api/runs/words/resume"))).toEqual([409, "not_paused"]);
    await say("words", "WORKFLOW_PAUSED");
    expect(await word(await post("/api/runs/words/pause"))).toEqual([409, "already_paused"]);
    await post("/api/runs/words/cancel");
    expect((await post("/api/runs/words/cancel")).status).toBe(200);
    expect(await word(await post("/api/runs/words/pause"))).toEqual([409, "being_cancelled"]);
    await say("words", "WORKFLOW_COMPLETED");
    await say("words", "STREAM_END");
    for (const action of ["pause", "resume", "cancel"])
      expect(await word(await post(`/api/runs/words/${action}`))).toEqual([409, "run_ended"]);
    expect((await control("words")).latest).toMatchObject({ action: "cancel", outcome: "ended", effectiveAt: null });
    expect(await word(await post("/api/runs/nobody/pause"))).toEqual([404, "not_found"]);
    expect(await word(await post("/api/runs/crowd/pause", { reason: "x".repeat(1_001) }))).toEqual([400, "invalid_request"]);
    const ingestOnly = await server.key("ingest", "read");
    const refused = await fetch(`${server.url}/api/runs/crowd/cancel`, { method: "POST", headers: { "x-api-key": ingestOnly } });
    expect(await word(refused)).toEqual([403, "forbidden"]);
  });

  it("is replaced by a later one, and a run that ended meanwhile stays ended", async () => {
    await start("late");
    await post("/api/runs/late/pause");
    await post("/api/runs/late/cancel", { reason: "never mind" });
    const numbers = await server.services.pool`
      select number, outcome from control_requests where run_id = ${(await summary("late")).id} order by number`;
    expect(numbers.map(({ number, outcome }) => `${number} ${outcome}`)).toEqual(["1 superseded", "2 open"]);
    await start("over");
    await say("over", "WORKFLOW_PAUSED");
    const { id } = await summary("over");
    const { pool } = server.services;
    // What a process leaves behind that was killed right after it stored a request, and the run ends before anybody finishes it.
    await pool`insert into control_requests (project_id, id, run_id, number, action, outcome, requested_by, requested_at_ms, claimed_until_ms)
      values (${defaultProjectId}, gen_random_uuid(), ${id}, 1, 'resume', 'open', 'local owner', ${Date.now()}, 8640000000000000)`;
    await say("over", "WORKFLOW_COMPLETED");
    await say("over", "STREAM_END");
    await pool`update control_requests set claimed_until_ms = 0 where run_id = ${id}`;
    await finishControls();
    expect(await until("over", ({ latest }) => latest?.outcome === "ended")).toMatchObject({ status: "succeeded", desired: null });
    expect((await summary("over")).status).toBe("succeeded");
  });

  it("counts from the moment that it is stored: what is told beside it follows from it, and not from the run a moment behind", async () => {
    await start("behind");
    await post("/api/runs/behind/pause");
    const { id } = await summary("behind");
    const { pool } = server.services;
    await pool`update control_requests set outcome = 'superseded' where run_id = ${id}`;
    await pool`insert into control_requests (project_id, id, run_id, number, action, outcome, requested_by, requested_at_ms, claimed_until_ms)
      values (${defaultProjectId}, gen_random_uuid(), ${id}, 2, 'cancel', 'open', 'local owner', ${Date.now()}, 8640000000000000)`;
    const being = ["pause", "resume", "cancel"].map((action) => ({ action, possible: false, refusal: { code: "being_cancelled" } }));
    expect(await control("behind")).toMatchObject({ status: "cancelling", desired: "cancelled", choices: being });
    expect(await word(await post("/api/runs/behind/resume"))).toEqual([409, "being_cancelled"]);
    await pool`update control_requests set claimed_until_ms = 0 where run_id = ${id}`;
    await finishControls();
    // The agent reports what it was asked before.
    await say("behind", "WORKFLOW_PAUSED");
    expect(await control("behind")).toMatchObject({ desired: "cancelled", choices: being });
  });

  it("survives a kill between the request and its event: the worker writes it once, in the order in which it was asked", async () => {
    await start("crash");
    const { id } = await summary("crash");
    const { pool } = server.services;
    for (const [number, action, outcome] of [
      [1, "pause", "superseded"],
      [2, "cancel", "open"],
    ] as const)
      await pool`insert into control_requests (project_id, id, run_id, number, action, outcome, requested_by, requested_at_ms, claimed_until_ms)
        values (${defaultProjectId}, gen_random_uuid(), ${id}, ${number}, ${action}, ${outcome}, 'local owner', ${Date.now()}, 0)`;
    const stream = await readStream(server.fetch, "/api/runs/crash/stream?types=run.cancelling");
    await Promise.all(Array.from({ length: 5 }, () => finishControls()));
    await stream.until("run.cancelling");
    stream.close();
    expect((await eventsOf("crash")).map(({ type }) => type)).toEqual(["run.started", "run.pausing", "run.cancelling"]);
    expect((await summary("crash")).status).toBe("cancelling");
  });

  it("is written into its run also where another one was left behind whose run is not to be found", async () => {
    await start("found");
    const { id } = await summary("found");
    const { pool } = server.services;
    await pool`insert into control_requests (project_id, id, run_id, number, action, outcome, requested_by, requested_at_ms, claimed_until_ms)
      select ${defaultProjectId}, gen_random_uuid(), t.run::uuid, t.n::int, 'pause', 'open', 'local owner', 0, 0
      from (values (gen_random_uuid()::text, 1), (${id}, 2)) as t(run, n)`;
    await expect.poll(async () => (await eventsOf("found")).map(({ type }) => type)).toContain("run.pausing");
    await pool`delete from control_requests where requested_at_ms = 0`;
  });
});

describe("the agent hears of it", () => {
  it("on the run's streams, by long poll and by Shannon's control state, each leg with its time", async () => {
    await start("legs");
    expect(await (await server.fetch("/api/v1/tasks/legs/control-state")).json()).toEqual({
      ...{ is_paused: false, is_cancelled: false, paused_at: "", pause_reason: "", paused_by: "", cancel_reason: "", cancelled_by: "" },
    });
    const sse = await readStream(server.fetch, "/api/v1/stream/sse?workflow_id=legs");
    const polled = control("legs", "?wait=30");
    await sse.until("WORKFLOW_STARTED");
    const shannon = await post("/api/v1/tasks/legs/pause", { reason: "lunch" });
    expect([shannon.status, await shannon.json()]).toEqual([202, { success: true, message: "Pause request sent", task_id: "legs" }]);
    expect(await polled).toMatchObject({ desired: "paused", latest: { action: "pause", reason: "lunch" } });
    expect(await sse.until("workflow.pausing")).toContain("Pause requested by local owner: lunch");
    sse.close();
    // Before it asks once more: who tells the agent first is what is noted, and to ask would be to be told.
    const sent = () => server.services.pool`select sent_via from control_requests where reason = 'lunch' and sent_at_ms is not null`;
    await expect.poll(sent).toHaveLength(1);
    const { latest } = await control("legs");
    expect(["long-poll", "stream"]).toContain(latest?.sentVia);
    expect(await (await server.fetch("/api/v1/tasks/legs/control-state")).json()).toMatchObject({
      is_paused: true,
      is_cancelled: false,
      pause_reason: "lunch",
      paused_by: "local owner",
    });
    const path = `/api/runs/legs/control/${latest?.id}/acknowledgement`;
    expect(await (await post(path)).json()).toMatchObject({ acknowledgedVia: "agent", outcome: "open" });
    // It knows the first request: the next poll waits for another one, also one that another process stores.
    const next = control("legs", `?wait=55&after=${latest?.number}`);
    await post("/api/v1/tasks/legs/cancel");
    expect(await next).toMatchObject({ desired: "cancelled", latest: { action: "cancel", number: 2 } });
    expect(await (await server.fetch("/api/v1/tasks/legs/control-state")).json()).toMatchObject({ is_paused: false, is_cancelled: true });
    const over = control("legs", "?wait=55&after=2");
    await say("legs", "WORKFLOW_CANCELLED");
    expect((await over).status).toBe("cancelled");
  });

  it("in Shannon's control state with who asked, until the run goes on: what it does by itself later nobody asked for", async () => {
    const state = async () => (await (await server.fetch("/api/v1/tasks/by-itself/control-state")).json()) as object;
    await start("by-itself");
    await post("/api/v1/tasks/by-itself/pause", { reason: "lunch" });
    await say("by-itself", "WORKFLOW_PAUSED");
    const asked = { is_paused: true, paused_at: expect.stringMatching(/Z$/), pause_reason: "lunch", paused_by: "local owner" };
    expect(await state()).toMatchObject(asked);
    await post("/api/v1/tasks/by-itself/resume");
    await say("by-itself", "WORKFLOW_RESUMED");
    await say("by-itself", "WORKFLOW_PAUSED");
    expect(await state()).toMatchObject({ is_paused: true, paused_at: "", pause_reason: "", paused_by: "" });
    await post("/api/v1/tasks/by-itself/cancel", { reason: "enough" });
    await say("by-itself", "WORKFLOW_CANCELLED");
    expect(await state()).toMatchObject({ is_cancelled: true, cancel_reason: "enough", cancelled_by: "local owner" });
    await start("by-itself");
    await say("by-itself", "WORKFLOW_CANCELLED");
    expect(await state()).toMatchObject({ is_cancelled: true, cancel_reason: "", cancelled_by: "" });
  });

  it("without a reason where a client of Shannon's writes null for none", async () => {
    await start("no-reason");
    expect((await post("/api/v1/tasks/no-reason/pause", { reason: null })).status).toBe(202);
    expect(await control("no-reason")).toMatchObject({ desired: "paused", latest: { reason: null } });
  });

  it("in every other system only once its agent asked for it, and its word that it is done is the run's event", async () => {
    await server.send("/api/ingest/crewship", { type: "run.started", run_id: "crew" });
    const before = await server.fetch("/api/runs/crew");
    expect(before.status).toBe(200);
    expect(await word(await post("/api/runs/crew/cancel"))).toEqual([409, "not_controllable"]);
    const listening = await control("crew");
    expect(listening.choices.map(({ action, possible }) => `${action} ${possible}`)).toEqual(["pause true", "resume false", "cancel true"]);
    const asked = (await (await post("/api/runs/crew/cancel")).json()) as Control;
    const path = `/api/runs/crew/control/${asked.id}/acknowledgement`;
    expect(await (await post(path, { state: "done" })).json()).toMatchObject({ outcome: "effective" });
    expect((await post(path, { state: "done" })).status).toBe(200);
    expect((await summary("crew")).status).toBe("cancelled");
    expect((await eventsOf("crew")).map(({ type }) => type)).toEqual(["run.started", "run.cancelling", "run.cancelled"]);
    expect(await word(await post("/api/runs/crew/control/00000000-0000-4000-8000-000000000000/acknowledgement"))).toEqual([
      404,
      "not_found",
    ]);
  });
});

describe("many runs at once", () => {
  it("are each asked by themselves, and each has its own answer", async () => {
    for (const run of ["b1", "b2", "b3"]) await start(run);
    await say("b3", "WORKFLOW_COMPLETED");
    await say("b3", "STREAM_END");
    const reply = await post("/api/runs/control", { action: "cancel", runs: ["b1", "b2", "b2", "b3", "nobody"], reason: "wrong day" });
    const { results, requested, refused } = (await reply.json()) as BulkControlReply;
    expect([requested, refused]).toEqual([2, 2]);
    expect(results.map(({ run, control: made, error }) => `${run} ${made?.action ?? error?.code}`)).toEqual([
      ...["b1 cancel", "b2 cancel", "b3 run_ended", "nobody not_found"],
    ]);
    expect((await summary("b1")).status).toBe("cancelling");
    expect((await post("/api/runs/control", { action: "cancel", runs: [] })).status).toBe(400);
  });
});
