import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./steps.mjs";

/** Everything that a build is made of. */
const folders = ["app", "components", "lib", "db", "cli", "demo", "public"];
const files = [
  "server.ts",
  "next.config.mjs",
  "postcss.config.mjs",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
  "scripts/build.mjs",
  "scripts/bundles.mjs",
  "scripts/sources.mjs",
];
const notBuilt = /\.test\.tsx?$|\.sql$|\.md$|^public\/workers\//;

function filesIn(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath ?? entry.path, entry.name)
        .slice(root.length + 1)
        .replaceAll("\\", "/"),
    );
}

/** A hash of everything a build is made of: by content, since a checkout changes times without changing files. */
export function sourcesHash() {
  const paths = [...folders.flatMap(filesIn), ...files.filter((file) => existsSync(join(root, file)))];
  const hash = createHash("sha256").update(process.versions.node.split(".")[0]);
  for (const path of paths.filter((path) => !notBuilt.test(path)).sort()) {
    const content = readFileSync(join(root, path));
    hash.update(`\n${path} ${content.length}\n`).update(content);
  }
  return hash.digest("hex");
}
