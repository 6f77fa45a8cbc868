import { sql } from "drizzle-orm";
import { feedHeads, projects } from "@/db/schema";
import { DomainError } from "../errors";
import { services } from "../services";
import { uuidv7 } from "../uuid";
import type { Project } from "./find-project";

/** More would be a mistake in a script. */
export const mostProjects = 1_000;

/** Creates an empty project. Throws conflict if its name is taken or there are too many projects. */
export async function createProject(name: string): Promise<Project> {
  return services().db.transaction(async (tx) => {
    // Two concurrent requests must not both find the name free.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('watchfloor projects'))`);
    const known = await tx.select({ name: projects.name }).from(projects);
    if (known.some((each) => each.name === name)) throw nameTaken();
    if (known.length >= mostProjects)
      throw new DomainError("conflict", `There are already ${mostProjects} projects, the most that a server can have.`);
    const project = { id: uuidv7(services().now()), name };
    await tx.insert(projects).values(project);
    await tx.insert(feedHeads).values({ projectId: project.id });
    return project;
  });
}

export function nameTaken(): DomainError {
  return new DomainError("conflict", "There is already a project with this name.", { path: "name" });
}
