import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Approval } from "@/lib/core/api/approval";
import { readStream } from "@/test/read-stream";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

type Envelope = { readonly id: string; readonly type: string; readonly data: { readonly approval_id?: string } };

const json = async <T>(path: string) => (await (await server.fetch(path)).json()) as T;

/** A session whose agent asks without an id of its own; the request as people see it. */
async function asking(session: string): Promise<Approval> {
  await server.send("/api/ingest/resonant", [
    { type: "session.started", data: { session_id: session } },
    { type: "approval.requested", data: { session_id: session, tool: "deploy", arguments: { to: "prod" } } },
  ]);
  return (await json<{ approvals: Approval[] }>(`/api/approvals?run=${session}`)).approvals[0] as Approval;
}

async function decide(approval: Approval): Promise<void> {
  const headers = { "x-api-key": await server.key("decide"), "content-type": "application/json" };
  const body = JSON.stringify({ decision: "approve", actionHash: approval.actionHash });
  const reply = await fetch(`${server.url}/api/approvals/${approval.id}/decision`, { method: "POST", headers, body });
  expect(reply.status).toBe(200);
}

/** From the list: to read the one request is to be told its decision. */
const receiptOf = async ({ run }: Approval) =>
  (await json<{ approvals: Approval[] }>(`/api/approvals?run=${run.id}&status=approved`)).approvals[0]?.receipt;

describe("what a ResonantGenesis session asks and is answered", () => {
  it("is known by the id that decides it to who subscribes, lists or reads the one event", async () => {
    const { id } = await asking("sess-asks");
    const stream = await readStream(server.fetch, "/api/v1/events/subscribe?session_id=sess-asks&types=approval.*");
    expect(await stream.until("\n\nid: evt_sess-asks_2\nevent: approval.requested\n")).toContain(`"approval_id":"${id}"`);
    stream.close();
    const { data } = await json<{ data: Envelope[] }>("/api/v1/events?session_id=sess-asks&types=approval.*");
    expect(data.map((event) => event.data.approval_id)).toEqual([id]);
    expect((await json<Envelope>("/api/v1/events/evt_sess-asks_2")).data.approval_id).toBe(id);
  });

  it("was sent where a subscription wrote it", async () => {
    const approval = await asking("sess-told");
    const stream = await readStream(server.fetch, "/api/v1/events/subscribe?session_id=sess-told");
    await decide(approval);
    await stream.until("event: approval.decided");
    stream.close();
    await expect.poll(async () => (await receiptOf(approval))?.sentVia).toBe("stream");
  });

  it("was delivered where the session's events were read, and not where all of the platform's were", async () => {
    const approval = await asking("sess-polls");
    await decide(approval);
    await json("/api/v1/events?types=approval.*");
    expect(await receiptOf(approval)).toMatchObject({ sentVia: null, deliveredVia: null });
    await json("/api/v1/events?session_id=sess-polls");
    await expect.poll(async () => (await receiptOf(approval))?.deliveredVia).toBe("poll");
  });
});
