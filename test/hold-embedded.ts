import { startEmbedded } from "../db/embedded";

// Started by embedded.db.test.ts as a process of its own, to be killed: argv[2] is the data folder.
try {
  const server = await startEmbedded({ dataDir: process.argv[2] ?? "", log: (line) => console.error(line) });
  console.log(JSON.stringify({ connection: server.connection, pid: server.pid() }));
  process.on("SIGTERM", () => server.stop().then(() => process.exit(0)));
  setInterval(() => {}, 60_000);
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
