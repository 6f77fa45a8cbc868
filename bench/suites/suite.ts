import type { Pool } from "@/db/client";
import type { Figure } from "../figures/figure";
import type { Product } from "../process/product";

/** What a suite works with. */
export type Context = {
  readonly product: Product;
  readonly database: Pool;
  /** Folder for this run's files. */
  readonly tempDir: string;
  /** Sources may have changed since the build: `npm start` would build again. */
  readonly asBuilt: boolean;
  readonly say: (line: string) => void;
};

/** Measures one thing; throws when what the server did was wrong. */
export type Suite = (context: Context) => Promise<readonly Figure[]>;
