import { and, asc, eq, or, type SQL, sql } from "drizzle-orm";
import { projects, runs } from "@/db/schema";
import type { Principal } from "../http/principal";
import { services } from "../services";
import { isUuid } from "../uuid";
import type { Project } from "./find-project";

/**
 * The projects that the caller may see, oldest first: all for an owner, otherwise only the caller's own. With `run`, only those
 * that contain a run with this id, ours or the sender's.
 */
export function listProjects({ projectId, isOwner = false }: Pick<Principal, "projectId" | "isOwner">, run?: string): Promise<Project[]> {
  return services()
    .db.select({ id: projects.id, name: projects.name })
    .from(projects)
    .where(and(isOwner ? undefined : eq(projects.id, projectId), run === undefined ? undefined : holds(run)))
    .orderBy(asc(projects.createdAt), asc(projects.id));
}

function holds(run: string): SQL {
  // PostgreSQL cannot store these ids, so nothing has them.
  if (run.includes("\u0000")) return sql`false`;
  const named = or(eq(runs.externalId, run.toWellFormed()), isUuid(run) ? eq(runs.id, run) : undefined);
  return sql`exists (select 1 from ${runs} where ${runs.projectId} = ${projects.id} and ${named})`;
}
