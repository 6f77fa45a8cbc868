import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { members } from "@/db/schema";
import { likeness } from "@/lib/core/members/likeness";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const ask = async (method: string, path: string, body: object) => {
  const headers = { "content-type": "application/json" };
  const reply = await server.fetch(path, { method, headers, body: JSON.stringify(body) });
  return { status: reply.status, told: await reply.json() };
};

it("a member whose name Watchfloor signs with since keeps it, with whatever role, until they take another", async () => {
  const { id } = (await ask("POST", "/api/members", { name: "Ann Lee", role: "viewer" })).told.member;
  const before = { name: "the deadline", likeness: likeness("the deadline") };
  await server.services.db.update(members).set(before).where(eq(members.id, id));
  const change = (wanted: object) => ask("PATCH", `/api/members/${id}`, wanted);
  expect(await change({ role: "operator" })).toMatchObject({ status: 200, told: { name: "the deadline", role: "operator" } });
  expect(await change({ name: "The Deadline" })).toMatchObject({ status: 400, told: { error: { path: "name" } } });
  expect(await change({ name: "Ann Lee" })).toMatchObject({ status: 200, told: { name: "Ann Lee" } });
});
