import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Browser, signIn } from "@/test/browser";
import { startTestServer, type TestServer } from "@/test/server";
import { newSecret } from "../keys/secret";
import { api } from "../routes/router";
import { newSignInLink } from "../session/sign-in";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const owner = async () => signIn(server.url, await newSignInLink());
// biome-ignore lint/suspicious/noExplicitAny: replies of many routes, read where they are expected
const body = async (reply: Response): Promise<any> => reply.json();
const uniqueName = () => `P ${newSecret("").slice(0, 8)}`;

async function projectWithKey(browser: Browser, name = uniqueName()): Promise<{ id: string; name: string; key: string }> {
  const { id } = await body(await browser.ask("POST", "/api/projects", { name }));
  expect((await browser.ask("POST", `/api/projects/${id}/open`, {})).status).toBe(200);
  const { key } = await body(
    await browser.ask("POST", "/api/keys", { name: "k", scopes: ["ingest", "read", "decide", "control", "admin"] }),
  );
  return { id, name, key };
}

const withKey = (key: string, method: string, path: string, sent?: unknown) =>
  fetch(server.url + path, {
    method,
    redirect: "manual",
    headers: { authorization: `Bearer ${key}`, ...(sent === undefined ? {} : { "content-type": "application/json" }) },
    ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
  });

const started = (run: string) => ({
  workflow_id: run,
  type: "WORKFLOW_STARTED",
  payload: { query: `secret of ${run}`, session_id: `s-${run}` },
});

describe("a browser of the owner", () => {
  it("makes, renames and switches projects, and is in one at a time", async () => {
    const browser = await owner();
    const before = await body(await browser.ask("GET", "/api/me"));
    const { id, name, key } = await projectWithKey(browser);
    expect(await body(await browser.ask("GET", "/api/me"))).toMatchObject({ project: { id, name }, isOwner: true });
    expect((await body(await browser.ask("GET", "/api/projects"))).projects).toEqual(
      expect.arrayContaining([before.project, { id, name }]),
    );
    await withKey(key, "POST", "/api/ingest/shannon", started("mine"));
    expect((await body(await browser.ask("GET", "/api/runs"))).runs).toHaveLength(1);

    const renamed = uniqueName();
    expect(await body(await browser.ask("POST", `/api/projects/${id}`, { name: renamed }))).toEqual({ id, name: renamed });
    expect(await body(await withKey(key, "GET", "/api/me"))).toMatchObject({ project: { name: renamed }, isOwner: false });

    await browser.ask("POST", `/api/projects/${before.project.id}/open`, {});
    expect((await body(await browser.ask("GET", "/api/runs"))).runs).toHaveLength(0);
    expect((await browser.ask("GET", "/api/runs/mine")).status).toBe(404);
  });

  it("is told which project holds a run, by either id; another browser is told of its own project's runs alone", async () => {
    const browser = await owner();
    const [one, two] = [await projectWithKey(browser), await projectWithKey(browser)];
    const external = `held-${newSecret("").slice(0, 8)}`;
    await withKey(one.key, "POST", "/api/ingest/shannon", started(external));
    const { id } = await body(await withKey(one.key, "GET", `/api/runs/${external}`));
    const named = { id: one.id, name: one.name };
    const holding = async (ask: (path: string) => Promise<Response>, run: string) =>
      (await body(await ask(`/api/projects?run=${encodeURIComponent(run)}`))).projects;
    const asOwner = (path: string) => browser.ask("GET", path);
    for (const run of [id, external]) {
      expect(await holding(asOwner, run)).toEqual([named]);
      expect(await holding((path) => withKey(one.key, "GET", path), run)).toEqual([named]);
      expect(await holding((path) => withKey(two.key, "GET", path), run)).toEqual([]);
    }
    for (const run of ["", "none", one.id, "nul\u0000", "half \uD83D"]) {
      expect(await holding(asOwner, run.toWellFormed())).toEqual([]);
    }
  });

  it("acts on nothing from a tab that was drawn for the project it has left", async () => {
    const browser = await owner();
    const { id } = await projectWithKey(browser);
    const fromTab = (project: string) => browser.ask("GET", "/api/runs", undefined, { "x-watchfloor-project": project });
    expect((await fromTab(id)).status).toBe(200);
    await projectWithKey(browser);
    const refused = await fromTab(id);
    expect([refused.status, (await body(refused)).error.code]).toEqual([409, "other_project"]);
  });

  it("is told what is wrong with a project's name, and two makers of one name get one project", async () => {
    const browser = await owner();
    for (const name of ["", "   ", "x".repeat(81), 7]) expect((await browser.ask("POST", "/api/projects", { name })).status).toBe(400);
    const name = uniqueName();
    const replies = await Promise.all([1, 2, 3].map(() => browser.ask("POST", "/api/projects", { name })));
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const other = await body(await browser.ask("POST", "/api/projects", { name: uniqueName() }));
    expect((await browser.ask("POST", `/api/projects/${other.id}`, { name })).status).toBe(409);
    for (const id of ["none", "00000000-0000-7000-8000-00000000dead"])
      expect((await browser.ask("POST", `/api/projects/${id}/open`, {})).status).toBe(404);
  });
});

describe("whoever is not the owner", () => {
  it("has one project: a key and the browsers that it signs in see, make and open no other, and do not tell that it exists", async () => {
    const browser = await owner();
    const [one, two] = [await projectWithKey(browser), await projectWithKey(browser)];
    const { url } = await body(await withKey(one.key, "POST", "/api/sign-in-links", {}));
    const member = await signIn(server.url, url);
    expect(await body(await member.ask("GET", "/api/me"))).toMatchObject({ project: { id: one.id }, isOwner: false });
    for (const ask of [member.ask, (method: string, path: string, sent?: unknown) => withKey(one.key, method, path, sent)]) {
      expect((await body(await ask("GET", "/api/projects"))).projects).toEqual([{ id: one.id, name: one.name }]);
      expect((await ask("POST", "/api/projects", { name: uniqueName() })).status).toBe(403);
      expect((await ask("POST", `/api/projects/${two.id}/open`, {})).status).toBe(404);
      expect((await ask("POST", `/api/projects/${two.id}`, { name: "mine now" })).status).toBe(404);
    }
    expect((await withKey(one.key, "POST", `/api/projects/${one.id}/open`, {})).status).toBe(403);
  });

  it("gets 404 for every id of another project, by whatever method, and changes nothing there", async () => {
    const browser = await owner();
    const [mine, theirs] = [await projectWithKey(browser), await projectWithKey(browser)];
    const ask = (method: string, path: string, sent?: unknown) => withKey(theirs.key, method, path, sent);
    await ask("POST", "/api/ingest/shannon", started("their-run"));
    const run = (await body(await ask("GET", "/api/runs/their-run"))).id as string;
    const approval = (
      await body(
        await ask("POST", "/api/approvals", { run: "their-run", kind: "tool", tool: "delete_file", arguments: { path: "/secret" } }),
      )
    ).id as string;
    const webhook = (await body(await ask("POST", "/webhooks", { url: "http://127.0.0.1:9/x", events: ["*"] }))).id as string;
    const { keys } = await body(await ask("GET", "/api/keys"));
    const ids: Record<string, readonly string[]> = {
      run: [run, "their-run"],
      session: ["s-their-run"],
      approval: [approval],
      key: [keys[0].id],
      webhook: [webhook],
      project: [theirs.id],
      id: [run, webhook, approval],
    };
    expect([run, approval, webhook, keys[0].id]).toEqual(Array.from({ length: 4 }, () => expect.any(String)));
    const listed = async () =>
      (await body(await ask("GET", "/api/keys"))).keys.length + (await body(await ask("GET", "/api/runs"))).runs.length;
    const before = await listed();
    let asked = 0;
    for (const route of api().routes) {
      const [, name] = /:([a-z]+)/i.exec(route.path) ?? [];
      if (name === undefined || route.scope === "open" || route.path.includes(":dialect")) continue;
      for (const id of ids[name] ?? [run, webhook, approval]) {
        const path = route.path.replace(/:[a-z]+/i, encodeURIComponent(id)).replace(/:[a-z]+/gi, run);
        const reply = await withKey(mine.key, route.method, path, route.method === "POST" || route.method === "PUT" ? {} : undefined);
        // Goes on to the stream without a look at the task, as in Shannon; that stream greets and tells nothing (access.db.test.ts).
        if (route.path === "/api/v1/tasks/:task/stream") {
          expect([reply.status, reply.headers.get("location")]).toEqual([307, `/api/v1/stream/sse?workflow_id=${id}`]);
          continue;
        }
        const text = await reply.text();
        expect([route.method, path, [400, 404, 422].includes(reply.status), reply.status, text.includes("secret")]).toEqual([
          ...[route.method, path, true, reply.status, false],
        ]);
        if (route.method === "GET") expect([path, reply.status]).toEqual([path, 404]);
        asked += 1;
      }
    }
    expect(asked).toBeGreaterThan(20);
    expect(await listed()).toBe(before);
  });
});
