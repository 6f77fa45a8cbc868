import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { importsOf, readAliases, resolveImport } from "./imports.mjs";
import { files, folders, outside, rooms } from "./rooms.mjs";

function listSources(root) {
  const found = folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true }).map((name) => `${folder}/${String(name).replaceAll("\\", "/")}`),
    );
  return [...found, ...files.filter((file) => existsSync(join(root, file)))]
    .filter((path) => /\.(ts|tsx|mts|mjs)$/.test(path) && !path.endsWith(".d.ts") && !outside.test(path))
    .sort();
}

const roomOf = (path) => rooms.find((room) => room.files.test(path));

function readGraph(root) {
  const aliases = readAliases(root);
  const graph = new Map();
  for (const path of listSources(root)) {
    const names = importsOf(path, readFileSync(join(root, path), "utf8"));
    graph.set(
      path,
      [...names].map(([name, runs]) => ({ ...resolveImport(root, aliases, path, name), runs })),
    );
  }
  return graph;
}

/** Why a room may not name this target itself; null when it may. */
function directFault(room, target) {
  if (target.missing !== undefined) return `imports ${target.missing}, which does not exist`;
  if (target.builtin !== undefined) return room.node === false ? `imports ${target.builtin}; ${room.name} runs without Node` : null;
  if (target.package !== undefined) {
    const refused = room.packages ? !room.packages.includes(target.package) : room.withoutPackages?.includes(target.package);
    return refused ? `imports the package ${target.package}, which ${room.name} may not` : null;
  }
  if (outside.test(target.file)) return `imports the test ${target.file}`;
  const other = roomOf(target.file);
  if (!other) return /\.(ts|tsx|mts|mjs)$/.test(target.file) ? `imports ${target.file}, which is in no room` : null;
  return room.rooms.includes(other.name) ? null : `imports ${target.file}; ${room.name} may not import ${other.name}`;
}

/** The files that a file leads to, itself first, nearest first: each onto the one that it was found in. `follows` = which imports lead on. */
function reached(graph, path, follows = () => true) {
  const came = new Map([[path, null]]);
  for (const file of came.keys())
    for (const target of graph.get(file) ?? []) if (target.file && follows(target) && !came.has(target.file)) came.set(target.file, file);
  return came;
}

const wayTo = (came, file) => (file === null ? [] : [...wayTo(came, came.get(file)), file]);

/** The shortest way from a file into each room that its own room must never reach. */
function reachFaults(graph, path, room) {
  const came = reached(graph, path);
  const faults = new Map();
  for (const file of came.keys()) {
    for (const target of graph.get(file) ?? []) {
      const name = target.builtin ? "node" : target.file && roomOf(target.file)?.name;
      // What the file imports itself is a direct fault already.
      if (file !== path && name && room.neverReaches.includes(name) && !faults.has(name)) {
        faults.set(name, `reaches ${name}: ${[...wayTo(came, file), target.file ?? target.builtin].join(" > ")}`);
      }
    }
  }
  return [...faults.values()];
}

/** The shortest way from a file to each package that would be loaded with it where it must not be. */
function loadFaults(graph, path, { neverLoads = [] }) {
  const runs = (target) => target.runs;
  const came = reached(graph, path, runs);
  return neverLoads.flatMap((name) => {
    const file = [...came.keys()].find((each) => graph.get(each)?.some((target) => target.package === name && target.runs));
    return file === undefined ? [] : [`loads ${name}: ${[...wayTo(came, file), name].join(" > ")}`];
  });
}

/** Reads the repository at `root`; answers how many files it has and every import that goes through a wall, as lines. */
export function checkWalls(root) {
  const graph = readGraph(root);
  const faults = [];
  for (const [path, targets] of graph) {
    const room = roomOf(path);
    if (!room) {
      faults.push(`${path} is in no room`);
      continue;
    }
    for (const target of targets) {
      const fault = directFault(room, target);
      if (fault) faults.push(`${path} ${fault}`);
    }
    for (const fault of [...reachFaults(graph, path, room), ...loadFaults(graph, path, room)]) faults.push(`${path} ${fault}`);
  }
  return { files: graph.size, faults };
}
