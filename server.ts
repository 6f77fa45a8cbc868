import { randomBytes } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { Server } from "node:http";
import { join } from "node:path";
import next from "next";
import { FunctionFileError } from "@/db/apply-functions";
import type { Connection } from "@/db/client";
import { connectionOf } from "@/db/connection-url";
import { DataFolderError, makeDataFolder } from "@/db/data-folder";
import { EmbeddedPostgresError, startEmbedded } from "@/db/embedded";
import { fitSession } from "@/db/fit-session";
import { migrate } from "@/db/migrate";
import { UnfitDatabaseError } from "@/db/unfit-database";
import { openFrontDoor, type PageUpgrade } from "@/lib/server/http/front-door";
import { listen } from "@/lib/server/http/listen";
import { presetKey } from "@/lib/server/keys/preset-key";
import { buildServices } from "@/lib/server/process/build-services";
import { openLog } from "@/lib/server/process/open-log";
import { readSettings, type Settings } from "@/lib/server/process/settings";
import { settingsProblem } from "@/lib/server/process/settings-problem.mjs";
import { sourcePlaces } from "@/lib/server/process/source-places";
import { StartError } from "@/lib/server/process/start-error";
import { unreachable } from "@/lib/server/process/unreachable";
import { foreignSecrets } from "@/lib/server/secrets/foreign-secrets";
import { readSealKey } from "@/lib/server/secrets/seal-key";
import { installServices } from "@/lib/server/services";
import { newSignInLink } from "@/lib/server/session/sign-in";

// Running this program directly skips the start script, which makes the same check before it builds anything.
const problem = settingsProblem(process.env);
if (problem !== null) {
  console.error(problem);
  process.exit(1);
}

const root = process.cwd();
const log = openLog(process.env.LOG_LEVEL || "warn");

async function main(): Promise<void> {
  const settings = readSettings(process.env, root);
  const version = (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string }).version;
  // Next attaches its WebSocket handler to this server, which never listens: on ours it would disconnect every client that offers
  // an upgrade, as Java's does with each plain request. Upgrades meant for Next are passed on.
  const httpServer = new Server();
  const app = next({ dev: settings.dev, dir: root, hostname: settings.host, port: settings.port, quiet: true, httpServer });
  const [database] = await Promise.all([openDatabase(settings), app.prepare()]);
  try {
    await serve({
      settings,
      app,
      httpServer,
      database,
      url: `http://${nameOf(settings.host)}:${settings.port}`,
      version,
    });
  } catch (error) {
    // A failed start must not leave a database server behind.
    await database.stop();
    throw error;
  }
}

type Database = { readonly connection: Connection; readonly stop: () => Promise<void> };
type Start = {
  readonly settings: Settings;
  readonly app: ReturnType<typeof next>;
  readonly httpServer: Server;
  readonly database: Database;
  readonly url: string;
  readonly version: string;
};

async function serve({ settings, app, httpServer, database, url, version }: Start): Promise<void> {
  const localToken = `wf_local_${randomBytes(32).toString("base64url")}`;
  const tell = (line: string) => log.warn(line);
  await migrate(database.connection, { folder: join(root, "db"), nowMs: Date.now(), tell }).catch((error) => {
    throw settings.databaseUrl ? unreachable(error, database.connection) : error;
  });
  const { services, stop } = await buildServices({
    connection: database.connection,
    log,
    localToken,
    ownUrl: () => url,
    setUrl: settings.publicUrl,
    version,
    sealKey: readSealKey(settings),
    allowPrivateTargets: settings.allowPrivateTargets,
    retentionDays: settings.retentionDays,
    smtp: settings.smtp,
    demoScript: join(root, "dist/demo.mjs"),
  });
  installServices(services);
  if (settings.apiKey) await presetKey(settings.apiKey);
  const unreadable = await foreignSecrets(services.pool, services.sealer);
  if (unreadable !== null) tell(unreadable);
  const { dev } = settings;
  const upgrade: PageUpgrade = (...handshake) => httpServer.emit("upgrade", ...handshake);
  const door = openFrontDoor(app.getRequestHandler(), { dev, ...(dev ? { upgrade } : {}) });
  await listen(door.server, settings).catch(async (error: NodeJS.ErrnoException) => {
    await stop();
    throw unheard(error, settings);
  });
  const forgetTools = tellTools(settings.dataDir, { url, token: localToken, pid: process.pid });
  onSignal(async () => {
    forgetTools();
    await door.close();
    await stop();
    await database.stop();
  });
  log.info({ version, url, database: settings.databaseUrl ? "DATABASE_URL" : settings.dataDir }, "listening");
  console.log(`Open: ${services.publicUrl()}`);
  console.log(`Sign in: ${await newSignInLink()}`);
}

/** The name under which this machine reaches the host that we listen on. Nobody can open the wildcard addresses (0.0.0.0, ::). */
function nameOf(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (!host.includes(":")) return host;
  return /^[0:]+$/.test(host) ? "[::1]" : `[${host}]`;
}

async function openDatabase(settings: Settings): Promise<Database> {
  makeDataFolder(settings.dataDir);
  if (settings.databaseUrl) {
    const asked = connectionOf(settings.databaseUrl);
    const connection = await fitSession(asked, (line) => log.warn(line)).catch((error) => {
      throw unreachable(error, asked);
    });
    return { connection, stop: async () => {} };
  }
  return startEmbedded({ dataDir: settings.dataDir, log: (line) => log.warn(line) });
}

/** A problem with the listen address that a person can fix. */
function unheard(error: NodeJS.ErrnoException, { port, host }: Settings): unknown {
  if (error.code === "EADDRINUSE") return new StartError(`Port ${port} on ${host} is in use. Set PORT to another one.`);
  if (error.code === "EACCES") return new StartError(`This user is not allowed to listen on port ${port}. Set PORT to 1024 or higher.`);
  if (error.syscall === "getaddrinfo" || error.code === "EADDRNOTAVAIL")
    return new StartError(`HOST=${host} is not an address of this machine (${error.code}).`);
  return error;
}

/** Writes the address and an all-scope token for tools on this machine; only its owner can read them. */
function tellTools(dataDir: string, content: { url: string; token: string; pid: number }): () => void {
  const path = join(dataDir, "local.json");
  rmSync(path, { force: true });
  writeFileSync(path, JSON.stringify(content), { mode: 0o600 });
  return () => rmSync(path, { force: true });
}

function onSignal(shutDown: () => Promise<void>): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, "stopping");
    const force = setTimeout(() => process.exit(1), 9_500);
    force.unref();
    shutDown().then(
      () => {
        log.info("stopped");
        process.exit(0);
      },
      (error) => {
        log.error({ err: error }, "shutdown failed");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

// A problem that a person can fix is printed as one line; anything else keeps its stack.
main().catch((error) => {
  const mendable = [StartError, DataFolderError, EmbeddedPostgresError, FunctionFileError, UnfitDatabaseError].some(
    (kind) => error instanceof kind,
  );
  if (!mendable && error instanceof Error) error.stack = sourcePlaces(error.stack ?? error.message);
  console.error(mendable ? error.message : error);
  process.exit(1);
});
