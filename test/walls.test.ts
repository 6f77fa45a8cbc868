import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
let house: string;

/** A small house that keeps to the rules; each test breaks one wall of it. */
const sound: Record<string, string> = {
  "lib/core/money.ts": `import { z } from "zod";\nexport const Money = z.number();`,
  "lib/dialects/shannon/decode.ts": `import { Money } from "@/lib/core/money";\nexport const decode = () => Money;`,
  "db/client.ts": `import postgres from "postgres";\nimport "../lib/core/money";\nexport const open = postgres;\nexport type Row = { id: string };`,
  "lib/server/runs/list.ts": `import "node:fs";\nimport { open } from "@/db/client";\nimport "@/lib/dialects/shannon/decode";\nexport const list = open;\nexport type Listed = import("@/db/client").Row;`,
  "lib/server/http/respond.ts": `import "next/server";\nexport const respond = 1;`,
  "lib/client/request.ts": `export const request = 1;`,
  "lib/client/hooks/use-runs.ts": `import "react";\nimport "../request";\nexport const useRuns = 1;`,
  "components/run.tsx": `import { useRuns } from "@/lib/client/hooks/use-runs";\nexport const Run = () => <p>{useRuns}</p>;`,
  "app/runs/page.tsx": `import { list } from "@/lib/server/runs/list";\nimport { Client } from "./client";\nexport default () => <Client rows={list} />;`,
  "app/runs/client.tsx": `import { Run } from "@/components/run";\nexport const Client = (props: { rows: unknown }) => <Run {...props} />;`,
  "cli/main.ts": `import "node:http";\nimport "../lib/core/money";`,
  "server.ts": `import "@/lib/server/runs/list";`,
};

function put(path: string, text: string): void {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), text);
}

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), "wf-walls-"));
  copyFileSync(join(root, "tsconfig.json"), join(house, "tsconfig.json"));
  for (const [path, text] of Object.entries(sound)) put(path, text);
});
afterAll(() => rmSync(house, { recursive: true, force: true }));

/** The walls' complaints about the house with some more files. */
function complaints(extra: Record<string, string>): string {
  for (const [path, text] of Object.entries(extra)) put(path, text);
  const ran = spawnSync(process.execPath, [join(root, "scripts/walls.mjs"), house], { encoding: "utf8" });
  for (const path of Object.keys(extra)) sound[path] === undefined ? rmSync(join(house, path)) : put(path, sound[path]);
  expect(ran.status).toBe(ran.stderr === "" ? 0 : 1);
  return ran.stderr.trimEnd();
}

test("a house that keeps to the rules passes", () => {
  expect(complaints({})).toBe("");
});

test("every wall bites at the import that goes through it", () => {
  const bad: [path: string, text: string, complaint: string][] = [
    ["lib/core/a.ts", `import "node:fs";`, "imports node:fs; lib/core runs without Node"],
    ["lib/core/b.ts", `import "react";`, "imports the package react, which lib/core may not"],
    ["lib/core/c.ts", `export * from "../dialects/shannon/decode";`, "lib/core may not import lib/dialects"],
    ["lib/dialects/d.ts", `import "@/lib/server/runs/list";`, "lib/dialects may not import lib/server"],
    ["db/e.ts", `import "@/lib/server/runs/list";`, "db may not import lib/server"],
    ["db/f.ts", `import "pino";`, "imports the package pino, which db may not"],
    ["lib/server/g.ts", `import "next/headers";`, "imports the package next, which lib/server may not"],
    ["lib/server/h.ts", `import "@/lib/client/request";`, "lib/server may not import lib/client"],
    ["lib/client/i.ts", `const list = import("@/lib/server/runs/list");`, "lib/client may not import lib/server"],
    ["lib/client/hooks/j.ts", `import "@/lib/dialects/shannon/decode";`, "lib/client/hooks may not import lib/dialects"],
    ["components/k.tsx", `import "@/lib/client/request";`, "components may not import lib/client"],
    ["components/l.tsx", `require("../db/client");`, "components may not import db"],
    ["app/m.tsx", `import "@/db/client";`, "app may not import db"],
    ["app/n/client.tsx", `import "@/lib/server/runs/list";`, "app client may not import lib/server"],
    ["cli/o.ts", `import "../db/client";`, "cli may not import db"],
    ["demo/p.ts", `import "@/lib/server/runs/list";`, "demo may not import lib/server"],
  ];
  const found = complaints(Object.fromEntries(bad)).split("\n");
  for (const [path, , complaint] of bad) {
    expect(found.filter((line) => line.startsWith(`${path} imports`))).toEqual([expect.stringContaining(complaint)]);
  }
});

test("a type is an import: `import type`, `export type` and `import(...).T` bite too", () => {
  const found = complaints({
    "components/a.ts": `import type { Row } from "@/db/client";\nexport type A = Row;`,
    "components/b.ts": `export type { Row } from "@/db/client";`,
    "components/c.ts": `export type C = import("../db/client").Row;`,
  }).split("\n");
  expect(found.map((line) => line.split(" ")[0])).toEqual(["components/a.ts", "components/b.ts", "components/c.ts"]);
});

test("what is forbidden is not reached through others either, and the complaint shows the way", () => {
  const found = complaints({ "lib/client/request.ts": `import "@/db/client";` });
  expect(found).toContain(
    "components/run.tsx reaches db: components/run.tsx > lib/client/hooks/use-runs.ts > lib/client/request.ts > db/client.ts",
  );
  expect(found).toContain("app/runs/client.tsx reaches db:");
});

test("what must not be loaded is not loaded through others either; its types may be taken", () => {
  const typed = `import type { z } from "zod";\nimport { type Money } from "../core/money";\nexport type A = z.infer<Money>;`;
  expect(complaints({ "lib/client/request.ts": typed })).toBe("");
  const found = complaints({ "lib/client/request.ts": `import { type A, Money } from "../core/money";` });
  expect(found).toContain(
    "components/run.tsx loads zod: components/run.tsx > lib/client/hooks/use-runs.ts > lib/client/request.ts > lib/core/money.ts > zod",
  );
  expect(complaints({ "components/a.ts": `export { Money } from "@/lib/core/money";` })).toContain("components/a.ts loads zod");
  expect(complaints({ "components/a.ts": `import("@/lib/core/money");` })).toContain("components/a.ts loads zod");
});

test("an import that leads nowhere is a fault, so that no wall is passed unseen", () => {
  expect(complaints({ "lib/core/a.ts": `import "@/lib/core/gone";` })).toBe("lib/core/a.ts imports @/lib/core/gone, which does not exist");
});

test("a test may look anywhere, and nothing imports a test", () => {
  const text = `import "node:fs";\nimport "@/db/client";`;
  expect(complaints({ "lib/core/a.test.ts": text })).toBe("");
  expect(complaints({ "lib/core/a.test.ts": text, "lib/core/b.ts": `import "./a.test";` })).toBe(
    "lib/core/b.ts imports the test lib/core/a.test.ts",
  );
});
