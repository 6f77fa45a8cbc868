import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  for (const n of [1, 2, 3, 4, 5]) await server.send("/api/ingest/crewship", { type: "run.started", run_id: `run_${n}` });
});
afterAll(() => server.stop());

type Page = { readonly runs: readonly { readonly id: string }[]; readonly pagination: object };

async function page(query: string): Promise<[ids: string[], pagination: object]> {
  const { runs, pagination } = (await (await server.fetch(`/v1/runs${query}`)).json()) as Page;
  return [runs.map(({ id }) => id), pagination];
}

async function refusal(query: string): Promise<object> {
  const { error } = (await (await server.fetch(`/v1/runs${query}`)).json()) as { error: Record<string, unknown> };
  return { code: error.code, message: error.message, path: error.path };
}

describe("Crewship's list of runs", () => {
  it("is paged by page and per_page, and says whether there are more", async () => {
    expect(await page("?per_page=2")).toEqual([["run_5", "run_4"], { total: 5, page: 1, per_page: 2, has_more: true }]);
    expect(await page("?page=3&per_page=2")).toEqual([["run_1"], { total: 5, page: 3, per_page: 2, has_more: false }]);
    expect(await page("?page=4&per_page=2")).toEqual([[], { total: 5, page: 4, per_page: 2, has_more: false }]);
    expect(await page("")).toEqual([["run_5", "run_4", "run_3", "run_2", "run_1"], { total: 5, page: 1, per_page: 20, has_more: false }]);
  });

  it("is paged by limit and offset alike", async () => {
    expect(await page("?limit=2&offset=2")).toEqual([["run_3", "run_2"], { total: 5, page: 2, per_page: 2, has_more: true }]);
    expect(await page("?limit=2&offset=3")).toEqual([["run_2", "run_1"], { total: 5, page: 2, per_page: 2, has_more: false }]);
  });

  it("is narrowed to a status, which counts what it finds", async () => {
    await server.send("/api/ingest/crewship", { type: "run.completed", run_id: "run_2" });
    expect(await page("?status=succeeded")).toEqual([["run_2"], { total: 1, page: 1, per_page: 20, has_more: false }]);
    expect((await page("?status=running&limit=2"))[1]).toMatchObject({ total: 4 });
    expect((await page("?status=cancelled"))[0]).toEqual([]);
    expect(await refusal("?status=done")).toEqual({
      ...{ code: "invalid_request", path: "?status=" },
      message: '"status" must be one of pending, running, succeeded, failed, canceled.',
    });
  });

  it("refuses a page that is none", async () => {
    for (const query of ["page=0", "page=x", "per_page=0"])
      expect([query, (await server.fetch(`/v1/runs?${query}`)).status]).toEqual([query, 400]);
  });
});
