import { backUp } from "@/db/back-up";
import { EmbeddedPostgresError } from "@/db/embedded";
import { readSettings } from "@/lib/server/process/settings";
import { settingsProblem } from "@/lib/server/process/settings-problem.mjs";

const usage = `usage: npm run backup -- <folder>

Copies the data folder (WATCHFLOOR_DATA) to a new folder, whether or not Watchfloor is running on it. To start the copy:
WATCHFLOOR_DATA=<folder> npm start`;

async function main([into, ...more]: readonly string[]): Promise<number> {
  if (into === undefined || into.startsWith("-") || more.length > 0) {
    console.error(usage);
    return into === "--help" ? 0 : 2;
  }
  const problem = settingsProblem(process.env);
  if (problem !== null) throw new EmbeddedPostgresError(problem);
  const { dataDir, databaseUrl } = readSettings(process.env, process.cwd());
  if (databaseUrl) throw new EmbeddedPostgresError("DATABASE_URL is set: back up that server with its own tools, such as pg_dump.");
  const startedAt = performance.now();
  const bytes = await backUp({ dataDir, into });
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  console.log(
    `watchfloor: ${(bytes / 1024 ** 2).toFixed(0)} MB copied in ${seconds} s. Start the copy with: WATCHFLOOR_DATA=${into} npm start`,
  );
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof EmbeddedPostgresError ? `watchfloor: ${error.message}` : error);
    process.exitCode = 1;
  },
);
