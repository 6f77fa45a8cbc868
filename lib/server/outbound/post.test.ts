import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo, LookupFunction } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { addressVerdict } from "./address-rules";
import { Outbound } from "./post";
import { TargetRefused } from "./target";

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A receiver on every loopback address, that counts the connections made to it. */
async function receiver(answer: RequestListener) {
  const server = createServer(answer);
  servers.push(server);
  const seen = { connections: 0 };
  server.on("connection", () => {
    seen.connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "::", resolve));
  return { seen, port: (server.address() as AddressInfo).port };
}

const ok: RequestListener = (request, response) => void request.resume().on("end", () => response.end("ok"));
const inside = new Outbound({ allowPrivate: true });
const outside = new Outbound({ allowPrivate: false });

/** Ways to write an address inside; PORT is where a receiver listens. */
const innerForms = [
  "http://127.0.0.1:PORT/",
  "http://localhost:PORT/",
  "http://LOCALHOST.:PORT/",
  "http://hook.localhost:PORT/",
  "http://2130706433:PORT/",
  "http://0x7f000001:PORT/",
  "http://0x7f.0.0.1:PORT/",
  "http://0177.0.0.1:PORT/",
  "http://017700000001:PORT/",
  "http://127.1:PORT/",
  "http://127.0.1:PORT/",
  "http://①②⑦.⓪.⓪.①:PORT/",
  "http://127。0。0。1:PORT/",
  "http://%31%32%37.0.0.1:PORT/",
  "http://[::1]:PORT/",
  "http://[0:0:0:0:0:0:0:1]:PORT/",
  "http://[::ffff:127.0.0.1]:PORT/",
  "http://[::ffff:7f00:1]:PORT/",
  "http://[::127.0.0.1]:PORT/",
  "http://[64:ff9b::7f00:1]:PORT/",
  "http://[64:ff9b:1::7f00:1]:PORT/",
  "http://[::ffff:0:127.0.0.1]:PORT/",
  "http://[::ffff:0:7f00:1]:PORT/",
  "http://[2002:7f00:1::]:PORT/",
  "http://[5f00::1]:PORT/",
  "http://[4000::1]:PORT/",
  "http://0.0.0.0:PORT/",
  "http://0:PORT/",
  "http://[::]:PORT/",
  "http://user:pass@127.0.0.1:PORT/",
  "http://example.com@127.0.0.1:PORT/",
  "http:\\\\127.0.0.1:PORT/",
  "http:127.0.0.1:PORT/",
  "ftp://127.0.0.1:PORT/",
  "file:///etc/passwd",
  "//127.0.0.1:PORT/",
  "javascript:alert(1)",
  "http://",
  "",
];

describe("an address inside", () => {
  it.each(innerForms)("is refused when it is kept and when it is sent to, without a connection: %s", async (form) => {
    const { seen, port } = await receiver(ok);
    const url = form.replace("PORT", String(port));
    await expect(outside.check(url)).rejects.toThrow(TargetRefused);
    expect(await outside.post({ url, body: "{}" })).toMatchObject({ kind: "failed", reason: "refused" });
    expect(seen.connections).toBe(0);
  });

  it("is refused when a name turns to it after it was kept (rebinding)", async () => {
    const { seen, port } = await receiver(ok);
    const answers = ["93.184.216.34", "127.0.0.1"];
    const turning: LookupFunction = (_name, options, callback) => {
      const address = answers.shift() as string;
      if (options.all) callback(null, [{ address, family: 4 }]);
      else callback(null, address, 4);
    };
    const outbound = new Outbound({ allowPrivate: false, lookup: turning });
    expect((await outbound.check(`http://rebind.example:${port}/`)).hostname).toBe("rebind.example");
    expect(await outbound.post({ url: `http://rebind.example:${port}/` })).toMatchObject({ kind: "failed", reason: "refused" });
    expect(seen.connections).toBe(0);
  });

  it("is refused when it is one of several addresses of a name", async () => {
    const mixed: LookupFunction = (_name, _options, callback) =>
      callback(null, [
        { address: "93.184.216.34", family: 4 },
        { address: "10.0.0.1", family: 4 },
      ]);
    await expect(new Outbound({ allowPrivate: false, lookup: mixed }).check("https://mixed.example/")).rejects.toThrow(TargetRefused);
  });

  it("is not reached by a redirect: the 3xx is the answer", async () => {
    const { seen, port } = await receiver(ok);
    const front = await receiver((_request, response) => void response.writeHead(301, { location: `http://127.0.0.1:${port}/` }).end());
    expect(await inside.post({ url: `http://127.0.0.1:${front.port}/`, body: "{}" })).toMatchObject({ kind: "answered", status: 301 });
    expect(seen.connections).toBe(0);
  });
});

describe("the setting that allows private targets", () => {
  it("lets loopback and private addresses through, by number and by name", async () => {
    const { port } = await receiver(ok);
    for (const url of [`http://127.0.0.1:${port}/`, `http://localhost:${port}/`, `http://[::1]:${port}/`]) {
      expect((await inside.check(url)).href).toBe(url);
      expect(await inside.post({ url, body: "{}" })).toMatchObject({ kind: "answered", status: 200, body: "ok", cut: false });
    }
    for (const url of ["http://10.1.2.3/", "http://192.168.0.9/", "http://[fd12::1]/"]) expect((await inside.check(url)).href).toBe(url);
  });

  it.each([
    "http://169.254.169.254/latest/meta-data/",
    "http://169.254.170.2/",
    "http://2852039166/",
    "http://0xa9fea9fe/",
    "http://0251.0376.0251.0376/",
    "http://[::ffff:169.254.169.254]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[2002:a9fe:a9fe::]/",
    "http://[64:ff9b:1::a9fe:a9fe]/",
    "http://[::ffff:0:169.254.169.254]/",
    "http://[::169.254.169.254]/",
    "http://[::]/",
    "http://[5f00::1]/",
    "http://[fe80::1]/",
    "http://[fd00:ec2::254]/",
    "http://[fd20:ce::254]/",
    "http://100.100.100.200/",
    "http://192.0.0.192/",
    "http://168.63.129.16/",
    "http://0.0.0.0/",
    "http://255.255.255.255/",
    "http://224.0.0.1/",
  ])("keeps metadata, link-local and reserved addresses refused: %s", async (url) => {
    await expect(inside.check(url)).rejects.toThrow(TargetRefused);
    expect(await inside.post({ url })).toMatchObject({ kind: "failed", reason: "refused" });
    const named: LookupFunction = (_name, _options, callback) =>
      callback(null, [{ address: new URL(url).hostname.replace(/[[\]]/g, ""), family: 4 }]);
    await expect(new Outbound({ allowPrivate: true, lookup: named }).check("http://metadata.example/")).rejects.toThrow(TargetRefused);
  });
});

describe("a public address", () => {
  it.each(["93.184.216.34", "1.1.1.1", "2606:4700::1111", "2a00:1450::8a", "2001:4860::8888", "2400:cb00::1", "::ffff:1.1.1.1"])(
    "passes: %s",
    (address) => {
      expect(addressVerdict(address)).toBe("public");
    },
  );

  it("is kept also when its name is unknown at the moment, in its ASCII form", async () => {
    const unknown: LookupFunction = (_name, _options, callback) => callback(Object.assign(new Error(), { code: "ENOTFOUND" }), "", 0);
    const outbound = new Outbound({ allowPrivate: false, lookup: unknown });
    expect((await outbound.check("https://bücher.example/hook#part")).href).toBe("https://xn--bcher-kva.example/hook");
    expect(await outbound.post({ url: "https://bücher.example/" })).toMatchObject({
      kind: "failed",
      reason: "unreachable",
      message: "ENOTFOUND",
    });
  });
});

describe("a receiver that misbehaves", () => {
  it("is cut at 64 KB when it sends 1 GB", async () => {
    const sent = { bytes: 0 };
    const { port } = await receiver((_request, response) => {
      const chunk = Buffer.alloc(256 * 1024, "x");
      const more = () => {
        while (sent.bytes < 1024 ** 3 && !response.destroyed) {
          sent.bytes += chunk.length;
          if (!response.write(chunk)) return void response.once("drain", more);
        }
      };
      more();
    });
    const outcome = await inside.post({ url: `http://127.0.0.1:${port}/` });
    expect(outcome).toMatchObject({ kind: "answered", status: 200, cut: true });
    expect(outcome.kind === "answered" && outcome.body.length).toBe(64 * 1024);
    expect(sent.bytes).toBeLessThan(64 * 1024 * 1024);
  });

  it("is given up after the time allowed, before and in the middle of its answer", async () => {
    const silent = await receiver(() => {});
    expect(await inside.post({ url: `http://127.0.0.1:${silent.port}/`, timeoutMs: 100 })).toMatchObject({
      kind: "failed",
      reason: "timeout",
    });
    const dripping = await receiver((_request, response) => void response.writeHead(202).write("a"));
    expect(await inside.post({ url: `http://127.0.0.1:${dripping.port}/`, timeoutMs: 300 })).toMatchObject({
      kind: "answered",
      status: 202,
      cut: true,
    });
  });

  it.each(["before", "on a connection that was used before"])("has answered when it changes to another protocol, %s", async (when) => {
    const seen = { requests: 0 };
    const { port } = await receiver((request, response) => {
      seen.requests += 1;
      if (when !== "at once" && seen.requests === 1) return ok(request, response);
      request.socket.write("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\nmore");
    });
    const url = `http://127.0.0.1:${port}/`;
    if (when !== "at once") await inside.post({ url, body: "1" });
    expect(await inside.post({ url, body: "2" })).toMatchObject({ kind: "answered", status: 101, body: "" });
    expect(await inside.stream({ url, signal: new AbortController().signal, idleMs: 60_000 })).toMatchObject({
      kind: "answered",
      status: 101,
    });
    expect(seen.requests).toBe(when === "at once" ? 2 : 3);
  });

  it("is tried again at once when it closed an idle connection that was about to be used again", async () => {
    const seen = { requests: 0 };
    const { port } = await receiver((request, response) => {
      seen.requests += 1;
      if (seen.requests === 2) return void request.socket.destroy();
      ok(request, response);
    });
    expect(await inside.post({ url: `http://127.0.0.1:${port}/`, body: "1" })).toMatchObject({ kind: "answered", status: 200 });
    expect(await inside.post({ url: `http://127.0.0.1:${port}/`, body: "2" })).toMatchObject({ kind: "answered", status: 200 });
    expect(seen.requests).toBe(3);
  });

  it("is told apart when nobody listens", async () => {
    const { port } = await receiver(ok);
    servers.pop()?.close();
    const outcome = await inside.post({ url: `http://127.0.0.1:${port}/?token=hidden` });
    expect(outcome).toMatchObject({ kind: "failed", reason: "unreachable", message: "ECONNREFUSED" });
    expect(JSON.stringify(outcome)).not.toContain("hidden");
  });
});
