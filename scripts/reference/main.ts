import { mkdirSync, writeFileSync } from "node:fs";
import { folder, referencePages } from "./pages";
import { root } from "./root";

const into = new URL(`${folder}/`, root);
mkdirSync(into, { recursive: true });
const pages = referencePages();
for (const [name, text] of Object.entries(pages)) writeFileSync(new URL(name, into), text);
console.log(`${folder}: ${Object.keys(pages).join(", ")}`);
