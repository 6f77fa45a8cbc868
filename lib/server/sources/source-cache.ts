import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { sources } from "@/db/schema";
import type { Dialect } from "@/lib/core/dialect";
import type { SourceRef } from "../events/append/request";

const maxKnown = 10_000;

/** Finds or creates a source by its name. A source never changes, so it is cached forever. */
export class SourceCache {
  readonly #db: Db;
  readonly #known = new Map<string, SourceRef>();

  constructor(db: Db) {
    this.#db = db;
  }

  find(projectId: string, dialect: Dialect, name: string): Promise<SourceRef> | SourceRef {
    return this.#known.get(`${projectId}\n${dialect}\n${name}`) ?? this.#make(projectId, dialect, name);
  }

  async #make(projectId: string, dialect: Dialect, name: string): Promise<SourceRef> {
    await this.#db.insert(sources).values({ projectId, id: randomUUID(), dialect, name }).onConflictDoNothing();
    const [row] = await this.#db
      .select({ id: sources.id })
      .from(sources)
      .where(and(eq(sources.projectId, projectId), eq(sources.dialect, dialect), eq(sources.name, name)));
    if (!row) throw new Error(`source ${dialect}/${name} vanished`);
    const source: SourceRef = { id: row.id, dialect, name };
    if (this.#known.size >= maxKnown) this.#known.clear();
    this.#known.set(`${projectId}\n${dialect}\n${name}`, source);
    return source;
  }
}
