import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultProjectId } from "@/db/migrate";
import { startTestServer, type TestServer } from "@/test/server";
import { findRun } from "../runs/find-run";
import { followDialect } from "./follow-feed";
import { batchFormat, nativeFormat } from "./formats";
import type { Sink } from "./sink";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false });
});
afterAll(() => server.stop());

const commit = (run: string, seq: number) => server.send("/events", { workflow_id: run, type: "AGENT_STARTED", agent_id: "a", seq });

/** Takes everything at once, and keeps it as text. */
function openSink(): Sink & { readonly text: () => string } {
  const chunks: Uint8Array[] = [];
  return {
    text: () => Buffer.concat(chunks).toString("utf8"),
    write: (chunk) => void chunks.push(chunk),
    ...{ unsent: 0, closed: false, drained: async () => {}, end: () => {}, cut: () => {}, onClose: () => {} },
  };
}

// A stream leaves when it ends, and again when its socket closes, which may be long after.
describe("a reader that leaves a second time takes nothing from who came meanwhile", () => {
  it("not the feed's news", async () => {
    const { hub } = server.services;
    const leave = hub.onFeed(defaultProjectId, () => {});
    leave();
    const heard = { times: 0 };
    const leaveToo = hub.onFeed(defaultProjectId, () => {
      heard.times += 1;
    });
    leave();
    await hub.poll(defaultProjectId);
    leaveToo();
    expect(heard.times).toBeGreaterThan(0);
  });

  it("not a run's events, while the run is read in another form too", async () => {
    await commit("wf-left", 1);
    const { hub } = server.services;
    const run = await findRun(defaultProjectId, "wf-left");
    const ref = { projectId: run.projectId, runId: run.id, dialect: run.source.dialect, lastSeq: run.lastSeq };
    const form = nativeFormat(null, false, run);
    const leaves = [hub.followRun(ref, { format: batchFormat(run.id), after: 1, sink: openSink() })];
    const leave = hub.followRun(ref, { format: form, after: 1, sink: openSink() });
    leave();
    const sink = openSink();
    leaves.push(hub.followRun(ref, { format: form, after: 1, sink }));
    leave();
    await commit("wf-left", 2);
    await expect.poll(() => sink.text()).toContain("id: 2\n");
    for (const each of leaves) each();
  });

  it("not the news of alerts", async () => {
    const { alerts } = server.services;
    const leave = alerts.follow(defaultProjectId, null, () => {});
    leave();
    const heard = { times: 0 };
    const leaveToo = alerts.follow(defaultProjectId, null, () => {
      heard.times += 1;
    });
    await expect.poll(() => heard.times).toBe(1);
    leave();
    await server.services.pool`
      insert into alert_turns (project_id, active, feed_seq, due_at_ms, log_seq, revision) values (${defaultProjectId}, false, 0, 0, 0, 1)`;
    alerts.changed(defaultProjectId);
    await expect.poll(() => heard.times).toBe(2);
    leaveToo();
  });
});

it("who went away while the place of a subscription was looked up is not looked after any more", async () => {
  const looks = { times: 0 };
  const gone: Sink = {
    ...openSink(),
    get closed() {
      looks.times += 1;
      return true;
    },
  };
  followDialect({ projectId: defaultProjectId, dialect: "resonant", after: 0, sink: gone, write: () => ({ chunk: null, end: false }) });
  const before = looks.times;
  await server.services.hub.poll(defaultProjectId);
  expect(looks.times).toBe(before);
});
