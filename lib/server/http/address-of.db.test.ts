import { type IncomingMessage, request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "@/test/server";
import { newSignInLink } from "../session/sign-in";

let server: TestServer;

/** As a proxy hands it on: `fetch` sends no other `Host`. */
async function ask(
  path: string,
  { method = "POST", ...headers }: Record<string, string>,
  json = "{}",
): Promise<{ reply: IncomingMessage; body: string }> {
  const sent = request(server.url + path, { method, headers });
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.on("response", resolve).on("error", reject);
    sent.end(method === "POST" ? json : undefined);
  });
  let body = "";
  for await (const chunk of reply) body += chunk;
  return { reply, body };
}

const withKey = (headers: Record<string, string>) => ({
  authorization: `Bearer ${server.services.localToken}`,
  "content-type": "application/json",
  ...headers,
});
const linkFor = async (headers: Record<string, string>) =>
  (JSON.parse((await ask("/api/sign-in-links", withKey(headers))).body) as { url: string }).url.split("?")[0];
const pathOf = (link: string) => link.slice(new URL(link).origin.length);
const cookieFor = async (headers: Record<string, string>) =>
  (await ask(pathOf(await newSignInLink()), { method: "GET", ...headers })).reply.headers["set-cookie"]?.[0] ?? "";

describe("a server that nobody told its address", () => {
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  it("gives links that begin as the caller's own address does", async () => {
    expect(await linkFor({ host: "floor.lan:3000" })).toBe("http://floor.lan:3000/sign-in");
    expect(await linkFor({ host: "[fd00::7]:3000" })).toBe("http://[fd00::7]:3000/sign-in");
    expect(await linkFor({ host: "watch.example.com", "x-forwarded-proto": "https" })).toBe("https://watch.example.com/sign-in");
    expect(await linkFor({ host: "watch.example.com", "x-forwarded-proto": "https, http" })).toBe("https://watch.example.com/sign-in");
    expect(await linkFor({ host: "no host at all" })).toBe(`${server.url}/sign-in`);
    const { body } = await ask("/api/members", withKey({ host: "floor.lan:3000" }), '{"name":"Ann","role":"viewer"}');
    expect(JSON.parse(body).url).toMatch(/^http:\/\/floor\.lan:3000\/sign-in\?token=/);
  });

  it("keeps its cookie to TLS where the caller came over it", async () => {
    expect(await cookieFor({})).not.toContain("Secure");
    expect(await cookieFor({ "x-forwarded-proto": "https" })).toMatch(/; Secure$/);
  });
});

describe("a server that was told its address", () => {
  beforeAll(async () => {
    server = await startTestServer({ setUrl: "https://watch.example.com" });
  });
  afterAll(() => server.stop());

  it("gives links that begin so, whatever the caller used, and in what it sends by itself", async () => {
    expect(await linkFor({ host: "127.0.0.1:3000" })).toBe("https://watch.example.com/sign-in");
    expect(await newSignInLink()).toMatch(/^https:\/\/watch\.example\.com\/sign-in\?token=/);
    expect(server.services.publicUrl()).toBe("https://watch.example.com");
    expect(await (await server.fetch("/api/health")).json()).toMatchObject({ url: "https://watch.example.com" });
  });

  it("knows its own pages behind a proxy that hands on another host, and no others", async () => {
    const cookie = (await cookieFor({ host: "127.0.0.1:3000" })).split(";")[0] as string;
    const from = async (origin: string) =>
      (await ask("/api/sign-out", { host: "127.0.0.1:3000", cookie, origin, "content-type": "application/json" })).reply.statusCode;
    for (const origin of ["http://watch.example.com", "https://watch.example.com:444", "https://evil.example", "null"])
      expect(await from(origin)).toBe(403);
    expect(await from("https://watch.example.com")).toBeLessThan(300);
  });

  it("keeps its cookie to TLS for who comes by that address, and lets the machine itself in without", async () => {
    expect(await cookieFor({ host: "watch.example.com" })).toMatch(/; Secure$/);
    expect(await cookieFor({ host: "127.0.0.1:3000" })).not.toContain("Secure");
  });
});
