import { existsSync, readFileSync, statSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, posix, relative, sep } from "node:path";
import { parseSync, Visitor } from "oxc-parser";

const endings = ["", ".ts", ".tsx", ".mts", ".mjs", ".js", ".json", "/index.ts", "/index.tsx"];

/** The aliases of tsconfig.json as [prefix, folder]: `@/*` onto `./*`. */
export function readAliases(root) {
  const { compilerOptions } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8"));
  return Object.entries(compilerOptions?.paths ?? {}).map(([from, [to]]) => [from.replace(/\*$/, ""), to.replace(/\*$/, "")]);
}

function literal(node) {
  if (node?.type === "Literal" && typeof node.value === "string") return node.value;
  if (node?.type === "TemplateLiteral" && node.expressions.length === 0) return node.quasis[0].value.cooked;
  return undefined;
}

/** Where each kind of syntax keeps the name of a module. */
const names = new Map([
  ["ImportDeclaration", (node) => node.source],
  ["ExportNamedDeclaration", (node) => node.source],
  ["ExportAllDeclaration", (node) => node.source],
  ["ImportExpression", (node) => node.source],
  ["TSImportType", (node) => node.source],
  ["TSExternalModuleReference", (node) => node.expression],
  ["CallExpression", (node) => (node.callee.name === "require" ? node.arguments[0] : undefined)],
]);

/** Every module that a source names: imports and re-exports, by value or by type, `import()`, `require()` and `import("x").T`. */
export function importsOf(path, source) {
  const parsed = parseSync(path, source);
  const broken = parsed.errors.find((error) => error.severity === "Error");
  if (broken) throw new Error(`${path}: ${broken.message}`);
  const found = new Set();
  const visitors = [...names].map(([type, nameIn]) => [type, (node) => found.add(literal(nameIn(node)))]);
  new Visitor(Object.fromEntries(visitors)).visit(parsed.program);
  found.delete(undefined);
  return [...found];
}

function isFile(path) {
  return existsSync(path) && statSync(path).isFile();
}

/** What an import names: `{ file }` of the repository, `{ package }`, `{ builtin }`, or `{ missing }`. */
export function resolveImport(root, aliases, from, name) {
  if (isBuiltin(name)) return { builtin: name };
  const alias = aliases.find(([prefix]) => name.startsWith(prefix));
  if (!alias && !name.startsWith(".")) {
    const parts = name.split("/");
    return { package: name.startsWith("@") ? parts.slice(0, 2).join("/") : parts[0] };
  }
  const base = alias ? join(root, alias[1], name.slice(alias[0].length)) : join(root, dirname(from), name);
  const found = endings.map((ending) => base + ending).find(isFile);
  return found ? { file: relative(root, found).split(sep).join(posix.sep) } : { missing: name };
}
