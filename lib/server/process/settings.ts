import { join, resolve } from "node:path";
import { defaultRetentionDays } from "../retention/apply-retention";

/** The settings from the environment, which settings-problem.mjs has already validated. */
export type Settings = {
  readonly port: number;
  readonly host: string;
  /** The address that people open, if it is not the one we listen on; no trailing slash. */
  readonly publicUrl: string | null;
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly apiKey: string | null;
  /** Seals stored secrets; if not set, a key file in the data folder does. */
  readonly secret: string | null;
  readonly allowPrivateTargets: boolean;
  /** How long events are kept. */
  readonly retentionDays: number;
  /** The mail server and the sender's address; null = e-mail is not sent. */
  readonly smtp: { readonly url: string; readonly from: string } | null;
  readonly dev: boolean;
};

export function readSettings(env: NodeJS.ProcessEnv, root: string): Settings {
  return {
    port: Number(env.PORT || 3000),
    host: env.HOST || "127.0.0.1",
    publicUrl: env.WATCHFLOOR_PUBLIC_URL ? new URL(env.WATCHFLOOR_PUBLIC_URL).origin : null,
    databaseUrl: env.DATABASE_URL || null,
    dataDir: env.WATCHFLOOR_DATA ? resolve(env.WATCHFLOOR_DATA) : join(root, ".watchfloor"),
    apiKey: env.WATCHFLOOR_API_KEY || null,
    secret: env.WATCHFLOOR_SECRET || null,
    allowPrivateTargets: env.WATCHFLOOR_ALLOW_PRIVATE_TARGETS === "1",
    retentionDays: Number(env.WATCHFLOOR_RETENTION_DAYS || defaultRetentionDays),
    smtp: env.WATCHFLOOR_SMTP_URL && env.WATCHFLOOR_SMTP_FROM ? { url: env.WATCHFLOOR_SMTP_URL, from: env.WATCHFLOOR_SMTP_FROM } : null,
    dev: env.WATCHFLOOR_DEV === "1",
  };
}
