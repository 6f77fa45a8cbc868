import { afterAll, beforeAll, expect, it } from "vitest";
import { defaultProjectId } from "@/db/migrate";
import type { Approval } from "@/lib/core/api/approval";
import type { Member } from "@/lib/core/members/member";
import { startTestServer, type TestServer } from "@/test/server";
import { decideApproval } from "../approvals/decide-approval";
import type { Principal } from "../http/principal";
import { scopesOf } from "../members/scopes-of";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const ask = async (id: string): Promise<Approval> => {
  const request = { run: "r", id, kind: "tool", tool: "delete_file", arguments: { path: "/tmp/a" }, agent: "cleaner" };
  return (await server.send("/api/approvals", request)).json() as Promise<Approval>;
};

// Take-back reaches what is there when the right is taken away; this is what comes a moment later.
it.each(["role", "removal"] as const)(
  "nothing is allowed in advance by who lost the right to decide while the request was on its way: %s",
  async (how) => {
    await server.send("/events", { workflow_id: "r", type: "WORKFLOW_STARTED", seq: 1, agent_id: "cleaner" });
    const invited = await server.send("/api/members", { name: `Olga ${how}`, role: "operator" });
    const { member } = (await invited.json()) as { member: Member };
    // As the request was let in, before.
    const before: Principal = { kind: "session", projectId: defaultProjectId, scopes: scopesOf("operator"), isOwner: false, member };
    const { id, actionHash } = await ask(`first ${how}`);
    const change =
      how === "role"
        ? { method: "PATCH", headers: { "content-type": "application/json" }, body: JSON.stringify({ role: "viewer" }) }
        : { method: "DELETE" };
    expect((await server.fetch(`/api/members/${member.id}`, change)).ok).toBe(true);
    const wanted = {
      decision: "approve" as const,
      actionHash,
      standing: { uses: 3, minutes: 30, scope: "run" as const, rules: {}, allowExtra: false, maxNanos: null },
    };
    await expect(decideApproval(before, id, { wanted })).rejects.toMatchObject({ code: "forbidden" });
    const { standing } = (await (await server.fetch("/api/standing-approvals")).json()) as { standing: object[] };
    expect(standing).toEqual([]);
    expect(await (await server.fetch(`/api/approvals/${id}`)).json()).toMatchObject({ status: "pending" });
  },
);
