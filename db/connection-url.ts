import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { type ConnectionOptions, checkServerIdentity, type PeerCertificate } from "node:tls";
import type { Connection } from "./client";
import { UnfitDatabaseError } from "./unfit-database";

/** `postgres://user:password@host:5432,other:5432/database?name=value`; the password may contain a #. */
const form = /^postgres(?:ql)?:\/\/(?:([^/?]*)@)?([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/s;
const hostAndPort = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/;

/** libpq parameters without effect here: we name our own connections, always use UTF-8, and keep connections alive ourselves. */
const changeNothing = new Set([
  "application_name",
  "fallback_application_name",
  "client_encoding",
  "keepalives",
  "keepalives_idle",
  "keepalives_interval",
  "keepalives_count",
  "tcp_user_timeout",
  "sslcompression",
  "sslnegotiation",
  "sslsni",
]);
/** Any value except `require` may be ignored: the driver cannot do what that one demands. */
const notRequired = new Set(["channel_binding", "gssencmode"]);
const understood = new Set([
  "host",
  "port",
  "dbname",
  "user",
  "password",
  "connect_timeout",
  "options",
  "target_session_attrs",
  "sslmode",
  "sslrootcert",
  "sslcert",
  "sslkey",
  "sslpassword",
]);

const targets = new Set(["any", "read-write", "read-only", "primary", "standby", "prefer-standby"]);

type Parameters = ReadonlyMap<string, string>;

/**
 * Parses an address as libpq does (PostgreSQL's manual, "Connection URIs"), so that one that works with `psql` works here. Missing
 * parts come from PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE; a session is encrypted only if `sslmode` says so. Throws an
 * UnfitDatabaseError for anything it does not understand: ignoring part of an address could mean another database, or one without
 * TLS.
 */
export function connectionOf(url: string, env: NodeJS.ProcessEnv = process.env): Connection {
  const [, login, hosts, path, query] = form.exec(url) ?? unfit("must look like postgres://user:password@host:5432/database.");
  const parameters = parametersOf(query ?? "");
  const [user, password] = (login ?? "").split(/:(.*)/s).map(decoded);
  const target = parameters.get("target_session_attrs") ?? "any";
  if (!targets.has(target)) unfit("has an unknown target_session_attrs.");
  const server = serverOf(parameters.get("host") ?? hosts ?? "", parameters.get("port"), env);
  const isSocket = typeof server.host === "string";
  return given({
    ...server,
    user: parameters.get("user") ?? user,
    password: parameters.get("password") ?? password,
    database: parameters.get("dbname") ?? decoded(path ?? ""),
    ssl: isSocket ? undefined : tlsOf(parameters, [server.host ?? env.PGHOST ?? "localhost"].flat()),
    connect_timeout: Number(parameters.get("connect_timeout") ?? 0) || undefined,
    target_session_attrs: target === "any" ? undefined : target,
    session: parameters.has("options") ? { options: parameters.get("options") ?? "" } : undefined,
  }) as Connection;
}

/** Drops empty values: the driver falls back only for values that are absent. */
function given(all: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== ""));
}

function parametersOf(query: string): Parameters {
  const parameters = new Map<string, string>();
  for (const part of query.split("&").filter(Boolean)) {
    const [name = "", value = ""] = part.split(/=(.*)/s).map(decoded);
    const isKnown = understood.has(name) || changeNothing.has(name) || notRequired.has(name);
    if (!isKnown)
      // Something that is not a name may be the rest of a password that contains a ?.
      unfit(
        `has ${/^\w+$/.test(name) ? `?${name}, which` : "a parameter that"} Watchfloor does not support. Remove it. To set a session parameter, use ?options=-c%20name=value.`,
      );
    if (notRequired.has(name) && value === "require")
      unfit(
        `has ${name}=require, which Watchfloor does not support. Remove it. Use sslmode=verify-full to verify the server by its certificate.`,
      );
    parameters.set(name, value);
  }
  return parameters;
}

/** Where the server is: a socket folder, or names to try in turn. The driver accepts an IPv6 address only in a list. */
function serverOf(
  hosts: string,
  ports: string | undefined,
  env: NodeJS.ProcessEnv,
): { host?: string | string[]; port?: number | number[] } {
  const inTurn = ports?.split(",") ?? [];
  const portOf = (text: string | undefined) => {
    const port = Number(text || env.PGPORT || 5432);
    return port > 0 && port < 65_536 ? port : unfit("has an invalid port: it must be a number from 1 to 65535.");
  };
  if (hosts === "") return { port: portOf(ports) };
  const servers = hosts.split(",").map((text, at) => {
    const [, name = "", port] = hostAndPort.exec(text) ?? unfit("has an invalid host. Put an IPv6 address in brackets.");
    return { host: decoded(name.replace(/^\[|\]$/g, "")), port: portOf(port ?? inTurn[at] ?? inTurn[0]) };
  });
  const [first] = servers;
  if (!first?.host.startsWith("/")) return { host: servers.map(({ host }) => host), port: servers.map(({ port }) => port) };
  return servers.length === 1 ? first : unfit("has both a socket and other hosts. It may have only one or the other.");
}

type Tls = "prefer" | "require" | ConnectionOptions | undefined;

function tlsOf(parameters: Parameters, hosts: readonly string[]): Tls {
  const [ca, cert, key] = ["sslrootcert", "sslcert", "sslkey"].map((name) => fileOf(name, parameters.get(name)));
  const passphrase = parameters.get("sslpassword");
  const proof = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }), ...(passphrase && { passphrase }) };
  const mode = parameters.get("sslmode") ?? "disable";
  const isSystem = parameters.get("sslrootcert") === "system";
  if (!parameters.has("sslmode") && (isSystem || Object.keys(proof).length > 0))
    unfit("names certificates but no sslmode, without which nothing is encrypted.");
  // A public root proves nothing unless the name is checked too.
  if (isSystem && mode !== "verify-full") unfit("has sslrootcert=system, which needs sslmode=verify-full.");
  // With a root certificate, `require` verifies against it, as in libpq.
  switch (mode === "require" && ca ? "verify-ca" : mode) {
    case "disable":
      return;
    case "allow":
    case "prefer":
      return "prefer";
    case "require":
      return cert ? { ...proof, rejectUnauthorized: false } : "require";
    case "verify-ca":
      return { ...proof, checkServerIdentity: () => undefined };
    case "verify-full":
      return { ...proof, checkServerIdentity: (name, certificate) => foreign(hosts, name, certificate) };
    default:
      return unfit("has an unknown sslmode: it must be disable, allow, prefer, require, verify-ca or verify-full.");
  }
}

/**
 * What is wrong with the certificate's name. For an IP address the driver passes no server name, which Node.js takes for
 * `localhost`: one of our addresses must match.
 */
function foreign(hosts: readonly string[], name: string, certificate: PeerCertificate): Error | undefined {
  const asked = hosts.includes(name) ? [name] : hosts.filter((host) => isIP(host) !== 0);
  const problems = asked.map((host) => checkServerIdentity(host, certificate));
  return problems.every(Boolean) ? (problems[0] ?? new Error("The certificate belongs to another server.")) : undefined;
}

/** The content of the file; `system`, Node.js's built-in roots, is not a file. */
function fileOf(name: string, path: string | undefined): string | undefined {
  if (!path || path === "system") return;
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    return unfit(`has an ${name} that cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return unfit("has a % that is not part of an encoded character. Write % itself as %25.");
  }
}

function unfit(problem: string): never {
  throw new UnfitDatabaseError(`DATABASE_URL ${problem}`);
}
