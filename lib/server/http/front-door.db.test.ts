import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "@/test/server";
import { openFrontDoor } from "./front-door";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** The status line of the answer to a request line, which may have headers behind it. */
async function statusOf(line: string, port = Number(new URL(server.url).port)): Promise<string | undefined> {
  const socket = connect(port, "127.0.0.1");
  socket.write(`${line} HTTP/1.1\r\nHost: watchfloor.example\r\nConnection: close\r\n\r\n`);
  return (await text(socket)).split("\r\n")[0];
}

describe("the front door", () => {
  it("answers what a proxy asks for by its whole address", async () => {
    expect(await statusOf("GET http://watchfloor.example/api/health?a=b")).toBe("HTTP/1.1 200 OK");
    expect(await statusOf("GET http://watchfloor.example/api/runs")).toBe("HTTP/1.1 401 Unauthorized");
  });

  it.each(["/api/health", "/events", "/metrics", "/sign-in?token=none", "/v1/runs", "/webhooks", "/api/nowhere"])(
    "lets no browser guess what %s answers with",
    async (path) => {
      const reply = await fetch(server.url + path, { redirect: "manual" });
      expect(reply.headers.get("x-content-type-options")).toBe("nosniff");
    },
  );

  it.each([
    ["Powabase's client, which sends its key twice", "/api/agents/runs/run-p/approve", "apikey,authorization,content-type"],
    ["Shannon's, which may be traced", "/api/v1/tasks", "traceparent,x-api-key"],
    ["one that compresses and traces what it sends to Shannon's sink", "/events", "content-encoding,content-type,tracestate,x-api-key"],
    ["one that is made by a generator of clients", "/api/ingest/crewship", "x-client-lang,x-client-retry-count,x-api-key"],
    ["an EventSource made of fetch", "/v1/runs/run_c/events", "authorization,cache-control,last-event-id"],
  ])("lets a page of another origin ask what %s asks", async (_, path, headers) => {
    const reply = await fetch(server.url + path, {
      method: "OPTIONS",
      headers: { origin: "https://studio.example", "access-control-request-method": "GET", "access-control-request-headers": headers },
    });
    expect([reply.status, reply.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
    const allowed = (reply.headers.get("access-control-allow-headers") ?? "").split(", ");
    expect(headers.split(",").filter((name) => !allowed.includes(name))).toEqual([]);
  });

  it.each(["//api/health", "/api//health", "/api/health//", "http://watchfloor.example//api/health"])(
    "finds what a base address that ends in a slash makes of an address: %s",
    async (path) => {
      expect(await statusOf(`GET ${path}`)).toBe("HTTP/1.1 200 OK");
    },
  );

  it.each([
    "/x/../api/health",
    "/./api/health",
    "/%2e/api/health?q=/../x",
    "/x/y/%2E%2e/.%2E/api/health",
    "http://watchfloor.example/x/../api/health",
  ])("G9: answers what dots in a path lead to by itself, and leaves the pages no way of their own to it: %s", async (path) => {
    expect(await statusOf(`GET ${path}`)).toBe("HTTP/1.1 200 OK");
  });

  it("leaves dots alone that are no segment of the path", async () => {
    expect(await statusOf("GET /api/health?page=/x/../y")).toBe("HTTP/1.1 200 OK");
    for (const path of ["/api/health..", "/api/x/...", "/..api/health"]) expect(await statusOf(`GET ${path}`)).not.toBe("HTTP/1.1 200 OK");
  });

  it("takes events at such an address as well", async () => {
    const event = { workflow_id: "slashes", type: "WORKFLOW_STARTED", seq: 1 };
    expect((await server.send("//events", event)).status).toBe(200);
    expect((await server.fetch("/api//runs/slashes")).status).toBe(200);
  });

  it("never gives a request without a path to the pages, which fail on it", async () => {
    expect(await statusOf("OPTIONS *")).toBe("HTTP/1.1 204 No Content");
    expect(await statusOf("GET *")).toBe("HTTP/1.1 400 Bad Request");
    expect(await statusOf("GET http://")).toBe("HTTP/1.1 400 Bad Request");
  });

  it("refuses a request that names no host in the same form as any other, and takes one of HTTP/1.0", async () => {
    const ask = async (head: string) => {
      const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
      socket.write(`${head}\r\n\r\n`);
      return text(socket);
    };
    for (const line of ["GET /api/me HTTP/1.1", "GET /runs HTTP/1.1", "POST /events HTTP/1.1\r\nContent-Length: 0", "OPTIONS * HTTP/1.1"]) {
      const answer = await ask(`${line}\r\nConnection: close`);
      expect(answer.split("\r\n")[0]).toBe("HTTP/1.1 400 Bad Request");
      expect(JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")))).toMatchObject({
        error: { code: "invalid_request", requestId: expect.any(String), hint: expect.any(String) },
      });
    }
    expect(await ask("GET /api/health HTTP/1.0")).toContain("200 OK");
  });

  it("gives the pages neither an address that they cannot decode nor anything but a look", async () => {
    for (const path of ["/runs/%ff", "/sessions/a%c3", "/runs/%"]) expect(await statusOf(`GET ${path}`)).toBe("HTTP/1.1 400 Bad Request");
    for (const method of ["POST", "PUT", "TRACE"]) expect(await statusOf(`${method} /runs`)).toBe("HTTP/1.1 405 Method Not Allowed");
    // The pages of this server answer 404 to all that reaches them.
    for (const path of ["/runs/%00", "/runs/%F0%9F%A6%80", "/runs/a%2Fb"])
      expect(await statusOf(`GET ${path}`)).toBe("HTTP/1.1 404 Not Found");
  });

  it("hands the handshake of a page under development on, keeps its own and answers other offers, and waits for none of them", async () => {
    const handed: string[] = [];
    const door = openFrontDoor(async (_request, response) => void response.writeHead(404).end(), {
      dev: true,
      upgrade: (request, socket) => {
        handed.push(request.url ?? "");
        if (request.url === "/_next/nobody") return false;
        socket.write("HTTP/1.1 101 Switching Protocols\r\n\r\n");
        return true;
      },
    });
    await new Promise<void>((resolve) => door.server.listen(0, "127.0.0.1", resolve));
    const { port } = door.server.address() as AddressInfo;
    const ask = (path: string, protocol: string) =>
      statusOf(`GET ${path} HTTP/1.1\r\nConnection: Upgrade, close\r\nUpgrade: ${protocol}\r\nX-Line:`, port);
    expect(await ask("/_next/nobody", "websocket")).toBe("");
    expect(await ask("/api/v1/stream/ws", "websocket")).toBe("HTTP/1.1 401 Unauthorized");
    expect(await ask("/api/health", "h2c")).toBe("HTTP/1.1 200 OK");
    const held = connect(port, "127.0.0.1");
    held.write("GET /_next/hmr HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\n\r\n");
    await new Promise((resolve) => held.once("data", resolve));
    expect(handed).toEqual(["/_next/nobody", "/_next/hmr"]);
    const gone = new Promise((resolve) => held.once("close", resolve));
    await door.close();
    await gone;
  });
});
