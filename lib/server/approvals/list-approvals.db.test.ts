import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultProjectId } from "@/db/migrate";
import type { AlertList } from "@/lib/core/alerts/alert";
import type { Approval, ApprovalList } from "@/lib/core/api/approval";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const read = async <T>(path: string) => (await (await server.fetch(path)).json()) as T;

/** A list page by page; more pages than it could have are an error. */
async function pagesOf<T extends { readonly nextCursor: string | null }>(path: string): Promise<readonly T[]> {
  const pages: T[] = [];
  for (let cursor: string | null = ""; cursor !== null && pages.length < 20; cursor = pages.at(-1)?.nextCursor ?? null)
    pages.push(await read<T>(`${path}${cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`}`));
  return pages;
}
const ask = async (run: string, more: object) => {
  const reply = await server.send("/api/approvals", { run, kind: "tool", tool: "rm", ...more });
  return (await reply.json()) as Approval;
};

describe("a list that is longer than a page", () => {
  it("leads to every request that waits, the most urgent first, those without a deadline last", async () => {
    await server.send("/api/ingest/powabase", { event: "start", run_id: "many" });
    const deadlines = [300, undefined, 100, 200, undefined, 100, 200, undefined];
    for (const [index, expiresInSeconds] of deadlines.entries()) await ask("many", { arguments: { index }, expiresInSeconds });
    const whole = await read<ApprovalList>("/api/approvals?limit=500");
    const pages = await pagesOf<ApprovalList>("/api/approvals?limit=3");
    expect(pages.map(({ approvals, pending }) => [approvals.length, pending])).toEqual([
      [3, 8],
      [3, 8],
      [2, 8],
    ]);
    const ids = pages.flatMap(({ approvals }) => approvals.map(({ id }) => id));
    expect(ids).toEqual(whole.approvals.map(({ id }) => id));
    expect(whole.approvals.map((each) => each.expiresAt === null)).toEqual([...Array(5).fill(false), ...Array(3).fill(true)]);
  });

  it("leads to every request also where some wait and some were decided", async () => {
    const { approvals } = await read<ApprovalList>("/api/approvals");
    for (const { id, actionHash } of approvals.slice(0, 3))
      await server.send(`/api/approvals/${id}/decision`, { decision: "deny", actionHash });
    const pages = await pagesOf<ApprovalList>("/api/approvals?status=pending,denied&limit=2");
    const shown = pages.flatMap((page) => page.approvals);
    expect(shown.map(({ status }) => status)).toEqual([...Array(3).fill("denied"), ...Array(5).fill("pending")]);
    expect(new Set(shown.map(({ id }) => id)).size).toBe(8);
  });

  it("refuses a cursor that is none", async () => {
    for (const cursor of ["1_x", "x", `_${randomUUID()}`, `1_2_3_${randomUUID()}`, `${"9".repeat(20)}_1_${randomUUID()}`])
      expect((await server.fetch(`/api/approvals?cursor=${cursor}`)).status).toBe(400);
    for (const cursor of ["1", `0:1:x`, `2:0:1:${randomUUID()}`, `1:${randomUUID()}`])
      expect((await server.fetch(`/api/alerts?cursor=${cursor}`)).status).toBe(400);
  });

  it("leads to every alert that fires, the worst that nobody has taken first", async () => {
    const alert = (fired: number, level: string, taken: boolean) => ({
      ...{ project_id: defaultProjectId, id: randomUUID(), rule_id: randomUUID(), rule_name: "R", kind: "run-failed" },
      ...{ subject: "", level, worst: level, threshold: 1, fired_at_ms: fired, acknowledged_at_ms: taken ? 5 : null },
    });
    const [first, second, third, fourth, fifth] = [
      alert(3, "alert", false),
      alert(3, "alert", false),
      alert(9, "warning", false),
      alert(2, "alert", true),
      alert(8, "warning", true),
    ];
    for (const each of [fifth, third, first, fourth, second]) await server.services.pool`insert into alerts ${server.services.pool(each)}`;
    const pages = await pagesOf<AlertList>("/api/alerts?state=firing&limit=2");
    const same = [first.id, second.id].sort();
    expect(pages.map(({ alerts }) => alerts.map(({ id }) => id))).toEqual([same, [third.id, fourth.id], [fifth.id]]);
  });
});

describe("Powabase's own endpoint", () => {
  it("answers the oldest request of the run, wherever it stands in the list", async () => {
    await server.send("/api/ingest/powabase", { event: "start", run_id: "oldest" });
    const first = await ask("oldest", { arguments: 1 });
    await ask("oldest", { arguments: 2, expiresInSeconds: 60 });
    const reply = await server.send("/api/agents/runs/oldest/approve", { approved: false });
    expect(reply.status).toBe(200);
    expect(await read<Approval>(`/api/approvals/${first.id}`)).toMatchObject({ status: "denied" });
  });
});
