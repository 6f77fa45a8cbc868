import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const alias = { "@": root.replace(/\/$/, ""), "server-only": `${root}test/server-only.ts` };

/**
 * Files share their worker's modules: to read them anew for each of two hundred files is half the time of the pure tests.
 * What a test changes in a module (a clock, a spy) it puts back. The times are limits against hanging, not measures.
 */
const shared = { isolate: false, testTimeout: 180_000, hookTimeout: 180_000, expect: { poll: { timeout: 60_000 } } };

/** `pure` needs nothing; `db` runs against a real PostgreSQL that test/db-setup.ts starts. */
export default defineConfig({
  test: {
    // Each file has a database of its own, on one PostgreSQL whose connections are enough for two.
    maxWorkers: 2,
    projects: [
      {
        resolve: { alias },
        test: {
          name: "pure",
          include: ["**/*.test.{ts,tsx}"],
          exclude: ["**/*.db.test.ts", "node_modules", "e2e", "dist", ".next"],
          ...shared,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "db",
          include: ["**/*.db.test.ts"],
          exclude: ["node_modules", "dist", ".next"],
          globalSetup: ["test/db-setup.ts"],
          ...shared,
        },
      },
    ],
  },
});
