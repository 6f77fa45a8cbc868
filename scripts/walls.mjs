import { resolve } from "node:path";
import { checkWalls } from "./walls/check.mjs";

const { files, faults } = checkWalls(resolve(process.argv[2] ?? "."));
for (const fault of faults) console.error(fault);
console.log(faults.length === 0 ? `${files} files, no import crosses a wall` : `${faults.length} imports cross a wall`);
process.exitCode = faults.length === 0 ? 0 : 1;
