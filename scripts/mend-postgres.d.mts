import type { Plugin } from "esbuild";

/** For esbuild: takes the PostgreSQL driver into the bundle, mended. */
export const mendPostgres: Plugin;
