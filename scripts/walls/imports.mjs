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

const anyValue = (specifiers, kind) => specifiers.length === 0 || specifiers.some((each) => each[kind] !== "type");

/** Where each kind of syntax keeps the name of a module, and whether it takes more of it than types. */
const kinds = new Map([
  ["ImportDeclaration", (node) => [node.source, node.importKind !== "type" && anyValue(node.specifiers, "importKind")]],
  ["ExportNamedDeclaration", (node) => [node.source, node.exportKind !== "type" && anyValue(node.specifiers, "exportKind")]],
  ["ExportAllDeclaration", (node) => [node.source, node.exportKind !== "type"]],
  ["ImportExpression", (node) => [node.source, true]],
  ["TSImportType", (node) => [node.source, false]],
  ["TSExternalModuleReference", (node) => [node.expression, true]],
  ["CallExpression", (node) => [node.callee.name === "require" ? node.arguments[0] : undefined, true]],
]);

/**
 * Every module that a source names, imports and re-exports, `import()`, `require()` and `import("x").T`: its name onto whether it is
 * there when the source runs, or for its types alone.
 */
export function importsOf(path, source) {
  const parsed = parseSync(path, source);
  const broken = parsed.errors.find((error) => error.severity === "Error");
  if (broken) throw new Error(`${path}: ${broken.message}`);
  const found = new Map();
  const note = ([node, runs]) => {
    const name = literal(node);
    if (name !== undefined) found.set(name, runs || found.get(name) === true);
  };
  const visitors = [...kinds].map(([type, read]) => [type, (node) => note(read(node))]);
  new Visitor(Object.fromEntries(visitors)).visit(parsed.program);
  return found;
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
