import { and, eq, ne, sql } from "drizzle-orm";
import { projects } from "@/db/schema";
import { services } from "../services";
import { nameTaken } from "./create-project";
import type { Project } from "./find-project";

/** Renames a project; its keys, sources and runs stay. Throws conflict if the name is taken. */
export async function renameProject(project: Project, name: string): Promise<Project> {
  return services().db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('watchfloor projects'))`);
    const [other] = await tx
      .select({ id: projects.id })
      .from(projects)
      .where(and(eq(projects.name, name), ne(projects.id, project.id)));
    if (other) throw nameTaken();
    await tx.update(projects).set({ name }).where(eq(projects.id, project.id));
    return { id: project.id, name };
  });
}
