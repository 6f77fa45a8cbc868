import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root";

/** What `npm start` gives to node: every part of the benchmark runs with it, what is measured and what it is measured against. */
export function startFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: { start: string } };
  return scripts.start.split(" ").filter((word) => word.startsWith("--"));
}
