import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { readBaseline, writeBaseline } from "./figures/baseline";
import { verdictOf } from "./figures/figure";
import { replaceTable } from "./figures/markdown";
import { mergeFigures, Report, reportOf } from "./figures/report";
import { markdownTable, terminalTable } from "./figures/table";
import { type Options, type SuiteName, suiteNames } from "./options";
import { ensureBuilt } from "./process/ensure-built";
import { startProduct } from "./process/product";
import { openProductDatabase } from "./process/product-database";
import { root } from "./process/root";
import { readTicks, stolenWords } from "./process/stolen";
import { suites } from "./suites";
import { inTurn } from "./suites/in-turn";

const latestPath = join(root, "bench/results/latest.json");
const baselinePath = join(root, "bench/baseline.json");

/** Runs the suites, prints and keeps their figures. */
export async function measure(options: Options): Promise<void> {
  const onlyWrites = options.markdown !== null && options.suites.length === 0 && existsSync(latestPath);
  if (!onlyWrites) await measureAndKeep(options);
  if (options.markdown === null) return;
  const path = resolve(options.markdown);
  writeFileSync(path, replaceTable(readFileSync(path, "utf8"), markdownTable(readLatest(), options.brief)));
  console.log(`wrote the table into ${options.markdown}`);
}

async function measureAndKeep(options: Options): Promise<void> {
  const from = performance.now();
  if (!options.asBuilt) ensureBuilt();
  const chosen = suiteNames.filter((name) => options.suites.length === 0 || options.suites.includes(name));
  const { figures, failed } = await runSuites(chosen, options);
  const takenAt = new Date();
  const isWhole = options.suites.length === 0 && failed.length === 0;
  const kept = isWhole || !existsSync(latestPath) ? figures : mergeFigures(readLatest().figures, figures);
  mkdirSync(dirname(latestPath), { recursive: true });
  writeFileSync(latestPath, `${JSON.stringify(reportOf(kept, takenAt), null, 2)}\n`);
  console.log(`\n${terminalTable(figures, readBaseline(baselinePath))}\n`);
  const missed = figures.filter((figure) => verdictOf(figure) === "missed").length;
  console.log(
    `${figures.length} figures in ${Math.round((performance.now() - from) / 1_000)} s, ${missed} short of their target; bench/results/latest.json has them`,
  );
  if (failed.length > 0) throw new Error(`these suites failed: ${failed.join(", ")}`);
  if (options.saveBaseline) writeBaseline(baselinePath, figures, takenAt);
}

function readLatest(): Report {
  return Report.parse(JSON.parse(readFileSync(latestPath, "utf8")));
}

async function runSuites(names: readonly SuiteName[], options: Options) {
  const tempDir = mkdtempSync(join(tmpdir(), "wf-bench-"));
  const product = await startProduct({ dataDir: join(tempDir, "data"), profile: options.profile });
  const database = openProductDatabase(product);
  const context = { product, database, tempDir, asBuilt: options.asBuilt, say: (line: string) => console.log(`  ${line}`) };
  try {
    return await inTurn(
      names,
      async (name) => {
        const from = performance.now();
        const ticks = readTicks();
        console.log(`${name} ...`);
        const figures = await suites[name](context);
        console.log(`  ${((performance.now() - from) / 1_000).toFixed(0)} s${stolenWords(ticks, readTicks())}`);
        return figures;
      },
      console.error,
    );
  } finally {
    await database.end({ timeout: 1 });
    await product.stop();
    rmSync(tempDir, { recursive: true, force: true });
  }
}
