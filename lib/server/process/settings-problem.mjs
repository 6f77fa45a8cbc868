import { existsSync, statSync } from "node:fs";
import { isIP } from "node:net";
import { domainToASCII } from "node:url";

// Plain JavaScript that needs only Node: the start script runs this before anything is installed or built, and the server runs it
// again.

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];

const checks = {
  PORT: (value) =>
    /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535 ? null : "must be a port number from 1 to 65535",
  HOST: (value) =>
    isIP(value) !== 0 || (/^[^\s/:@?#]+$/.test(value) && domainToASCII(value) !== "")
      ? null
      : "must be an address or a host name, such as 127.0.0.1",
  WATCHFLOOR_PUBLIC_URL: (value) =>
    isOrigin(value) ? null : "must be the address that people open, without a path, such as https://watch.example.com",
  // The server parses it fully and reports what it does not understand; this check runs before anything is installed or built.
  DATABASE_URL: (value) =>
    /^postgres(?:ql)?:\/\/[^/?]*(?:\/[^?]|.*[?&]dbname=.)/.test(value)
      ? null
      : "must look like postgres://user:password@host:5432/database",
  WATCHFLOOR_DATA: (value) => (existsSync(value) && !statSync(value).isDirectory() ? "must be a folder, but this is a file" : null),
  WATCHFLOOR_API_KEY: (value) =>
    /^[\x21-\x7e]{16,512}$/.test(value) ? null : "must have 16 to 512 printable ASCII characters, without spaces",
  WATCHFLOOR_SECRET: (value) =>
    /^[\x21-\x7e]{16,}$/.test(value) ? null : "must have at least 16 printable ASCII characters, without spaces",
  WATCHFLOOR_SMTP_URL: (value, env) =>
    !/^smtps?:\/\/[^/]+/.test(value) || !URL.canParse(value)
      ? "must look like smtp://user:password@host:587 or smtps://host"
      : env.WATCHFLOOR_SMTP_FROM
        ? null
        : "also needs WATCHFLOOR_SMTP_FROM, the address that e-mail comes from",
  WATCHFLOOR_SMTP_FROM: (value, env) =>
    !/^(?:[^<>\r\n]{1,100}<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/.test(value)
      ? "must be an address, such as watchfloor@example.com"
      : env.WATCHFLOOR_SMTP_URL
        ? null
        : "also needs WATCHFLOOR_SMTP_URL, the server that sends the e-mail",
  WATCHFLOOR_RETENTION_DAYS: (value) =>
    /^\d{1,4}$/.test(value) && Number(value) >= 1 && Number(value) <= 3_650 ? null : "must be a number of days from 1 to 3650",
  WATCHFLOOR_ALLOW_PRIVATE_TARGETS: (value) => (value === "0" || value === "1" ? null : "must be 1 (allow) or 0"),
  LOG_LEVEL: (value) => (logLevels.includes(value) ? null : `must be one of ${logLevels.join(", ")}`),
};

/** Values that must never be shown on a screen. */
const secret = new Set(["DATABASE_URL", "WATCHFLOOR_API_KEY", "WATCHFLOOR_SECRET", "WATCHFLOOR_SMTP_URL"]);

function isOrigin(value) {
  if (!URL.canParse(value)) return false;
  const { protocol, origin, href } = new URL(value);
  return (protocol === "http:" || protocol === "https:") && href === `${origin}/` && !/[?#]$/.test(value);
}

/** The first invalid setting of the environment as one line for a person, or null. An empty value counts as not set. */
export function settingsProblem(env) {
  for (const [name, problemOf] of Object.entries(checks)) {
    const value = env[name];
    if (value === undefined || value === "") continue;
    const problem = problemOf(value, env);
    if (problem) return `${name}${secret.has(name) ? "" : `=${JSON.stringify(value)}`} ${problem}.`;
  }
  return null;
}
