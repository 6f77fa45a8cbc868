import { spawnSync } from "node:child_process";
import { root } from "./root";

/** Builds what `npm start` would build. In a process of its own, because the script finds the repository by its own place. */
export function ensureBuilt(): void {
  const program = "import { ensureBuilt } from './scripts/build.mjs'; await ensureBuilt();";
  const { status } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { cwd: root, stdio: "inherit" });
  if (status !== 0) throw new Error("the build failed");
}
