import { join } from "node:path";
import type { PumpResult } from "../load/pump";
import { startProduct } from "../process/product";
import { openProductDatabase } from "../process/product-database";
import { runRole } from "../process/role";
import { taskOf } from "./load";
import type { Context } from "./suite";

/**
 * A server of its own whose database takes every batch and writes nothing: what is left is HTTP, decoding, folding, planning and one
 * statement there and back. No storage under this server could make single events faster than that.
 */
export async function startCeiling(
  context: Context,
): Promise<{ load: (durationMs: number) => Promise<PumpResult>; stop: () => Promise<void> }> {
  const product = await startProduct({ dataDir: join(context.tempDir, "ceiling") });
  const database = openProductDatabase(product);
  const own: Context = { ...context, product, database };
  // Names of their own each time: what came before is a duplicate, and looked up.
  let times = 0;
  const load = (durationMs: number) => runRole<PumpResult>("pump", taskOf(own, { runPrefix: `ceiling-${times++}`, durationMs }));
  // Its partitions and statements are there, and its engine has begun to compile.
  await load(2_000);
  const [row] = await database`select pg_get_function_arguments('append_batch'::regproc) as given`;
  await database.unsafe(`create or replace function append_batch(${row?.given}) returns bigint language plpgsql as 'begin return 1; end'`);
  return {
    load,
    stop: async () => {
      await database.end();
      await product.stop();
    },
  };
}
