import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approvals } from "@/db/schema";
import type { Approval } from "@/lib/core/api/approval";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await server.send("/api/ingest/crewship", { type: "run.started", run_id: "by-schema" });
});
afterAll(() => server.stop());

const ask = (schema: object) => server.send("/api/approvals", { run: "by-schema", kind: "input", question: "Which?", schema });
const asked = async (schema: object) => {
  const reply = await ask(schema);
  expect(reply.status).toBe(201);
  return (await reply.json()) as Approval;
};
const decide = (approval: Approval, body: object) =>
  server.send(`/api/approvals/${approval.id}/decision`, { actionHash: approval.actionHash, ...body });
const refusalOf = async (reply: Response) => {
  const { error } = (await reply.json()) as { error: { code: string; message: string; path?: string } };
  return { status: reply.status, ...error };
};

/** G11: what an agent asks costs the server no more than to read it. */
describe("a hostile JSON schema", () => {
  const nested = (levels: number): object =>
    levels === 0 ? { type: "string" } : { type: ["object", "object"], properties: { x: nested(levels - 1) } };
  const doubling = (levels: number) => {
    const next = (level: number) => ({ $ref: `#/$defs/a${level + 1}` });
    const each = Array.from({ length: levels }, (_, level) => [`a${level}`, { anyOf: [next(level), next(level)] }]);
    return { $defs: { ...Object.fromEntries(each), [`a${levels}`]: { type: "string", maxLength: 1 } }, $ref: "#/$defs/a0" };
  };
  it.each([
    ["types", nested(29)],
    ["references", doubling(30)],
  ])("that would be read anew for each of its %s is taken, and an answer judged by it", async (_, schema) => {
    const approval = await asked(schema);
    const refusal = await refusalOf(await decide(approval, { decision: "answer", answer: 1 }));
    expect(refusal).toMatchObject({ status: 422, code: "schema_mismatch", path: "answer" });
  });

  it.each([{ $ref: "#" }, { allOf: [{ $ref: "#" }] }, { $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/a" } } }])(
    "that leads back to itself is refused as others that cannot be checked: %j",
    async (schema) => {
      expect(await refusalOf(await ask(schema))).toMatchObject({ status: 400, code: "invalid_request", path: "schema" });
    },
  );

  it.each<[string, object]>([
    ["uses keywords that Watchfloor cannot check", { $ref: "#" }],
    ["takes too much work for one decision", { items: { anyOf: [...Array.from({ length: 5_000 }, () => ({ type: "null" })), {}] } }],
  ])("that was stored is no error of ours: it %s, an answer is refused, and it can be denied", async (words, schema) => {
    const approval = await asked({});
    await server.services.db
      .update(approvals)
      .set({ schema: schema as never })
      .where(eq(approvals.id, approval.id));
    const refusal = await refusalOf(await decide(approval, { decision: "answer", answer: Array(100).fill(1) }));
    expect(refusal).toMatchObject({ status: 422, code: "schema_mismatch", path: "schema", message: expect.stringContaining(words) });
    expect((await decide(approval, { decision: "deny" })).status).toBe(200);
  });
});
