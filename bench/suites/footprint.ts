import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { residentBytes } from "../process/memory";
import { startProduct } from "../process/product";
import type { Suite } from "./suite";

const restMs = 3_000;

/** Start-up and rest of a built checkout, through the script of `npm start`, on a data folder of its own. */
export const footprintSuite: Suite = async ({ tempDir, asBuilt, say }) => {
  const dataDir = join(tempDir, "footprint");
  const through = asBuilt ? "server" : "start";
  const first = await startProduct({ dataDir, through });
  await first.stop();
  const again = await startProduct({ dataDir, through });
  await pause(restMs);
  const restBytes = residentBytes(again.pid);
  await again.stop();
  say(
    `start ${(first.startMs / 1_000).toFixed(2)} s, again ${(again.startMs / 1_000).toFixed(2)} s, ${(restBytes / 1024 ** 2).toFixed(0)} MB`,
  );
  return [
    { id: "start.first", label: "npm start of a built checkout to ready, empty data folder", value: first.startMs / 1_000, unit: "s" },
    { id: "start.again", label: "npm start of a built checkout to ready, again", value: again.startMs / 1_000, unit: "s" },
    { id: "memory.rest", label: "memory of the server at rest", value: restBytes / 1024 ** 2, unit: "MB", target: { atMost: 200 } },
  ];
};
