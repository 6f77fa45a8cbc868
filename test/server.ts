import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import type { Logger } from "pino";
import { defaultProjectId } from "@/db/migrate";
import type { MachineClock } from "@/lib/server/database-clock";
import { type FrontDoor, openFrontDoor } from "@/lib/server/http/front-door";
import { listen } from "@/lib/server/http/listen";
import type { Scope } from "@/lib/server/http/principal";
import { createKey } from "@/lib/server/keys/create-key";
import { buildServices } from "@/lib/server/process/build-services";
import { openLog } from "@/lib/server/process/open-log";
import { installServices, type Services } from "@/lib/server/services";
import { createTestDatabase } from "./postgres";

export type TestServer = {
  readonly url: string;
  readonly services: Services;
  readonly door: FrontDoor;
  /** A key of the default project with these scopes. */
  readonly key: (...scopes: Scope[]) => Promise<string>;
  /** fetch with the all-scope key; a path and the usual options. */
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>;
  /** POST of JSON to an ingest door. */
  readonly send: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Response>;
  readonly stop: () => Promise<void>;
};

/** The whole server but for the pages, on a database of its own and a free port of the loopback interface. */
export async function startTestServer(
  options: { webhookJobs?: boolean; repricer?: boolean; smtpUrl?: string; setUrl?: string; log?: Logger; machine?: MachineClock } = {},
): Promise<TestServer> {
  const database = await createTestDatabase();
  const state = { url: "" };
  const localToken = `wf_local_${randomBytes(16).toString("hex")}`;
  const { services, stop } = await buildServices({
    connection: database.connection,
    log: options.log ?? openLog(process.env.LOG_LEVEL ?? "silent"),
    localToken,
    ownUrl: () => state.url,
    setUrl: options.setUrl ?? null,
    version: "0.0.0-test",
    sealKey: randomBytes(32),
    allowPrivateTargets: true,
    smtp: options.smtpUrl === undefined ? null : { url: options.smtpUrl, from: "Watchfloor <watchfloor@test.invalid>" },
    webhookJobs: options.webhookJobs,
    repricer: options.repricer,
    machine: options.machine,
    demoScript: "",
  });
  installServices(services);
  const door = openFrontDoor(async (_request, response) => void response.writeHead(404).end(), { dev: false });
  await listen(door.server, { port: 0, host: "127.0.0.1" });
  state.url = `http://127.0.0.1:${(door.server.address() as AddressInfo).port}`;
  const authorized = (path: string, init: RequestInit = {}) =>
    fetch(`${state.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${localToken}`, ...(init.headers as Record<string, string>) },
    });
  return {
    url: state.url,
    services,
    door,
    key: async (...scopes) => (await createKey(defaultProjectId, { name: scopes.join("+"), scopes })).key,
    fetch: authorized,
    send: (path, body, headers = {}) =>
      authorized(path, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    stop: async () => {
      await door.close();
      await stop();
      await database.drop();
    },
  };
}
