import { join, resolve } from "node:path";

/** What the environment says, checked before the start by scripts/settings.mjs. */
export type Settings = {
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly apiKey: string | null;
  /** Seals stored secrets; without it a key file of the data folder does. */
  readonly secret: string | null;
  readonly allowPrivateTargets: boolean;
  readonly dev: boolean;
};

export function readSettings(env: NodeJS.ProcessEnv, root: string): Settings {
  return {
    port: Number(env.PORT || 3000),
    host: env.HOST || "127.0.0.1",
    databaseUrl: env.DATABASE_URL || null,
    dataDir: env.WATCHFLOOR_DATA ? resolve(env.WATCHFLOOR_DATA) : join(root, ".watchfloor"),
    apiKey: env.WATCHFLOOR_API_KEY || null,
    secret: env.WATCHFLOOR_SECRET || null,
    allowPrivateTargets: env.WATCHFLOOR_ALLOW_PRIVATE_TARGETS === "1",
    dev: env.WATCHFLOOR_DEV === "1",
  };
}
