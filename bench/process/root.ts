import { dirname, join } from "node:path";

/** The repository: the benchmarks run as dist/run/<bundle>. */
export const root = join(dirname(process.argv[1] as string), "../..");
