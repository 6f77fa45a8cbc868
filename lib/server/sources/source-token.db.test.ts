import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Source } from "@/lib/core/api/source";
import { type Receiver, startReceiver } from "@/test/receiver";
import { startTestServer, type TestServer } from "@/test/server";
import { SourceServer } from "@/test/source-server";

let server: TestServer;
let shannon: SourceServer;
let other: Receiver;
let source: Source;
let names = 0;
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false });
});
afterAll(() => server.stop());
beforeEach(async () => {
  [shannon, other] = [await new SourceServer().listen(), await startReceiver()];
  names += 1;
  const wanted = { dialect: "shannon", name: `gateway ${names}`, address: shannon.url, token: "sk_test" };
  source = (await (await server.send("/api/sources", wanted)).json()) as Source;
});
afterEach(async () => {
  await shannon.stop();
  await other.stop();
});

const path = () => `/api/sources/${source.id}`;
const patch = (body: object) =>
  server.fetch(path(), { method: "PATCH", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
const now = async () => (await (await server.fetch(path())).json()) as Source;

describe("a source that is given an address by many at once", () => {
  it("has the one that was first, and the others are told so", async () => {
    for (const round of [1, 2, 3]) {
      const made = await Promise.all(
        Array.from({ length: 6 }, (_, n) =>
          server.send("/api/sources", {
            dialect: "resonant",
            name: `raced ${names} ${round}`,
            address: `${other.url}/${n}`,
            token: `t${n}`,
          }),
        ),
      );
      expect(made.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
      const winner = made.findIndex(({ status }) => status === 201);
      expect(await made[winner]?.json()).toMatchObject({ address: `${other.url}/${winner}` });
      const late = made.find(({ status }) => status === 409);
      expect(await late?.json()).toMatchObject({ error: { code: "conflict", path: "name" } });
    }
  });
});

describe("a source's token", () => {
  it.each([
    ["another port", () => other.url],
    ["another scheme", () => shannon.url.replace("http:", "https:")],
    ["another host", () => shannon.url.replace("127.0.0.1", "127.0.0.2")],
    ["no address, behind which any other could follow", () => null],
  ])("is not taken along to %s: it is given again, or taken away in so many words", async (_where, address) => {
    const reply = await patch({ address: address() });
    expect([reply.status, await reply.json()]).toMatchObject([400, { error: { code: "invalid_request", path: "token" } }]);
    expect(await now()).toMatchObject({ address: `${shannon.url}/`, hasToken: true });
    expect(await (await patch({ address: address(), token: null })).json()).toMatchObject({ hasToken: false });
  });

  it("stays while the address changes at the same host, and is another's where another is given with the address", async () => {
    expect(await (await patch({ address: `${shannon.url}/api` })).json()).toMatchObject({ hasToken: true });
    expect(await (await patch({ address: other.url, token: "sk_other" })).json()).toMatchObject({
      address: `${other.url}/`,
      hasToken: true,
    });
  });

  it("needs an address: without one it would go wherever a stream is followed", async () => {
    const refused = { error: { code: "invalid_request", path: "address" } };
    const made = await server.send("/api/sources", { dialect: "shannon", name: "nowhere", token: "sk_test" });
    expect([made.status, await made.json()]).toMatchObject([400, refused]);
    const { sources } = (await (await server.fetch("/api/sources")).json()) as { sources: Source[] };
    expect(sources.map(({ name }) => name)).not.toContain("nowhere");
    await patch({ address: null, token: null });
    for (const change of [{ token: "sk_test" }, { address: null, token: "sk_test" }]) {
      const reply = await patch(change);
      expect([reply.status, await reply.json()]).toMatchObject([400, refused]);
    }
  });

  it("goes to one host when address and token are changed at the same moment", async () => {
    const changes = Array.from({ length: 20 }, (_, n) =>
      n % 2 === 0 ? patch({ address: other.url }) : patch({ address: `${shannon.url}/${n}`, token: "sk_test" }),
    );
    expect((await Promise.all(changes)).map(({ status }) => status)).toEqual(changes.map((_, n) => (n % 2 === 0 ? 400 : 200)));
    expect((await now()).address).toContain(shannon.url);
  });
});
