import { fileURLToPath } from "node:url";

/** The repository: the benchmarks run as dist/run/<bundle>, tests from the source here. Both lie two folders deep. */
export const root = fileURLToPath(new URL("../..", import.meta.url));
