import { asc, eq } from "drizzle-orm";
import { projects } from "@/db/schema";
import type { Principal } from "../http/principal";
import { services } from "../services";
import type { Project } from "./find-project";

/** The projects that the asker may see, oldest first: an owner all, everybody else the own. */
export function listProjects({ projectId, isOwner = false }: Pick<Principal, "projectId" | "isOwner">): Promise<Project[]> {
  return services()
    .db.select({ id: projects.id, name: projects.name })
    .from(projects)
    .where(isOwner ? undefined : eq(projects.id, projectId))
    .orderBy(asc(projects.createdAt), asc(projects.id));
}
