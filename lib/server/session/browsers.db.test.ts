import { afterAll, beforeAll, expect, it } from "vitest";
import type { Browser as Shown } from "@/lib/core/members/browser";
import type { Role } from "@/lib/core/members/roles";
import { type Browser, signIn } from "@/test/browser";
import { readStream } from "@/test/read-stream";
import { startTestServer, type TestServer } from "@/test/server";
import { newSignInLink } from "./sign-in";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const owner = async () => signIn(server.url, await newSignInLink());
const invite = async (name: string, role: Role, by?: string): Promise<Browser> => {
  const reply = await server.send("/api/members", { name, role }, by ? { authorization: `Bearer ${by}` } : {});
  return signIn(server.url, ((await reply.json()) as { url: string }).url);
};
const keyed = async (key: string): Promise<Browser> => {
  const reply = await server.send("/api/sign-in-links", {}, { authorization: `Bearer ${key}` });
  return signIn(server.url, ((await reply.json()) as { url: string }).url);
};
const seenBy = async (browser: Browser) => ((await (await browser.ask("GET", "/api/browsers")).json()) as { browsers: Shown[] }).browsers;
const own = async (browser: Browser) => (await seenBy(browser)).find(({ isThis }) => isThis) as Shown;

it("a browser that was lost is signed out by the owner in another one, and what it had open ends (G21)", async () => {
  const [here, lost] = [await owner(), await owner()];
  const { id } = await own(lost);
  const stream = await readStream(fetch, `${server.url}/api/stream`, { cookie: lost.cookie });
  expect((await here.ask("DELETE", `/api/browsers/${id}`)).status).toBe(204);
  expect((await lost.ask("GET", "/api/me")).status).toBe(401);
  await expect(stream.end()).rejects.toThrow();
  expect((await here.ask("GET", "/api/me")).status).toBe(200);
  const again = await here.ask("DELETE", `/api/browsers/${id}`);
  expect([again.status, ((await again.json()) as { error: { message: string } }).error.message]).toEqual([
    404,
    "There is no browser with this id, or it is already signed out.",
  ]);
  const { entries } = (await (await here.ask("GET", "/api/audit?about=session")).json()) as { entries: object[] };
  expect(entries).toContainEqual(expect.objectContaining({ action: "session.revoke", subject: expect.objectContaining({ id }) }));
});

it("each sees and signs out as much as they may: the owner all, an admin all but the owner's, others their own", async () => {
  const here = await owner();
  const [admin, viewer, other] = [await invite("Ada", "admin"), await invite("Vic", "viewer"), await invite("Olga", "operator")];
  const key = await server.key("read");
  const byKey = await keyed(await server.key("read", "admin"));
  const ids = {
    here: await own(here),
    admin: await own(admin),
    viewer: await own(viewer),
    other: await own(other),
    byKey: await own(byKey),
  };
  const names = async (browser: Browser) => (await seenBy(browser)).map(({ as, name }) => `${as} ${name}`);
  expect(await names(here)).toEqual(
    expect.arrayContaining(["owner local owner", "member Ada", "member Vic", "member Olga", expect.stringMatching(/^key /)]),
  );
  expect(await names(admin)).not.toContain("owner local owner");
  expect(await names(admin)).toEqual(expect.arrayContaining(["member Ada", "member Vic", "member Olga"]));
  expect(await names(viewer)).toEqual(["member Vic"]);
  expect(await names(byKey)).not.toContain("owner local owner");
  const asKey = await server.fetch("/api/browsers", { headers: { authorization: `Bearer ${key}` } });
  expect(await asKey.json()).toEqual({ browsers: [] });
  for (const [who, whose] of [
    [admin, ids.here],
    [viewer, ids.admin],
    [viewer, ids.other],
    [byKey, ids.here],
    [other, ids.byKey],
  ] as const)
    expect((await who.ask("DELETE", `/api/browsers/${whose.id}`)).status).toBe(404);
  expect(
    (await server.fetch(`/api/browsers/${ids.here.id}`, { method: "DELETE", headers: { authorization: `Bearer ${key}` } })).status,
  ).toBe(404);
  expect((await here.ask("DELETE", "/api/browsers/no-id")).status).toBe(404);
  expect((await admin.ask("DELETE", `/api/browsers/${ids.viewer.id}`)).status).toBe(204);
  expect((await viewer.ask("GET", "/api/me")).status).toBe(401);
  expect((await other.ask("DELETE", `/api/browsers/${ids.other.id}`)).status).toBe(204);
  expect((await other.ask("GET", "/api/me")).status).toBe(401);
});

it("is told by what it called itself, and when it was seen, and its secret or its hash stands nowhere", async () => {
  const link = await newSignInLink();
  const reply = await fetch(link, { redirect: "manual", headers: { "user-agent": `Fine\u00fcBrowser/1.0 ${"x".repeat(400)}` } });
  const cookie = (reply.headers.get("set-cookie") ?? "").split(";")[0] as string;
  const text = await (await fetch(`${server.url}/api/browsers`, { headers: { cookie } })).text();
  const { browsers } = JSON.parse(text) as { browsers: Shown[] };
  const found = browsers.find(({ isThis }) => isThis);
  expect(found?.userAgent).toMatch(/^Fine.Browser\/1\.0 x+/);
  expect(found?.userAgent?.length).toBeLessThanOrEqual(300);
  expect(Math.abs(Date.parse(found?.lastSeenAt ?? "") - Date.now())).toBeLessThan(600_000);
  expect(text).not.toContain(cookie.split("=")[1]);
  expect(text).not.toContain("hash");
});

it("is not seen from another project, save by the owner", async () => {
  const here = await owner();
  const project = (await (await here.ask("POST", "/api/projects", { name: "Elsewhere" })).json()) as { id: string };
  await here.ask("POST", `/api/projects/${project.id}/open`, {});
  const theirs = await invite("Ada of this one", "admin");
  const there = await signIn(
    server.url,
    ((await (await here.ask("POST", "/api/members", { name: "Zoe", role: "admin" })).json()) as { url: string }).url,
  );
  expect((await seenBy(there)).map(({ name }) => name)).toEqual(["Zoe"]);
  expect((await seenBy(theirs)).map(({ name }) => name)).not.toContain("Zoe");
  expect((await here.ask("DELETE", `/api/browsers/${(await own(theirs)).id}`)).status).toBe(404);
});
