import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { approvals } from "@/db/schema";
import { startTestServer, type TestServer } from "@/test/server";
import { openLog } from "./open-log";

let server: TestServer;
const told: string[] = [];
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false, log: openLog("trace", { write: (line: string) => void told.push(line) }) });
});
afterAll(() => server.stop());

it("a query that fails is logged with what the database says, and without the values that it was asked with (G21)", async () => {
  const { db, log } = server.services;
  const failed = db.update(approvals).set({ comment: "my password is 7f3a9\u0000" }).where(eq(approvals.tool, "x"));
  await failed.catch((error: unknown) => log.warn({ err: error }, "not written"));
  expect(JSON.parse(told.join(""))).toMatchObject({
    msg: "not written",
    err: { code: "22021", message: expect.stringContaining("byte sequence") },
  });
  expect(told.join("")).not.toContain("7f3a9");
});
