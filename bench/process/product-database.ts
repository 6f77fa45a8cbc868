import { join } from "node:path";
import { openPool, type Pool } from "@/db/client";
import { clusterPassword, clusterUser } from "@/db/embedded/cluster";
import { readPostmaster } from "@/db/embedded/postmaster";
import type { Product } from "./product";

/** A pool on the database that the server of this data folder runs, to seed and to count. */
export function openProductDatabase(product: Pick<Product, "dataDir">): Pool {
  const postmaster = readPostmaster(join(product.dataDir, "postgres"));
  if (!postmaster) throw new Error(`no PostgreSQL runs in ${product.dataDir}`);
  const { socketDir, port } = postmaster;
  const host = socketDir === "" ? "127.0.0.1" : socketDir;
  return openPool(
    { host, port, user: clusterUser, password: clusterPassword(product.dataDir), database: "watchfloor" },
    { max: 2, name: "bench" },
  );
}
