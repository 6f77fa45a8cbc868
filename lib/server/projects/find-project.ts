import { eq } from "drizzle-orm";
import { projects } from "@/db/schema";
import { DomainError } from "../errors";
import type { Principal } from "../http/principal";
import { services } from "../services";
import { isUuid } from "../uuid";

export type Project = { readonly id: string; readonly name: string };

/**
 * A project that the caller may see: any for an owner, otherwise only the caller's own. Throws not_found, which does not reveal
 * whether the project exists.
 */
export async function findProject({ projectId, isOwner = false }: Pick<Principal, "projectId" | "isOwner">, id: string): Promise<Project> {
  const [row] =
    isUuid(id) && (isOwner || id === projectId)
      ? await services().db.select({ id: projects.id, name: projects.name }).from(projects).where(eq(projects.id, id))
      : [];
  if (!row) throw new DomainError("not_found", "There is no project with this id.", { path: "project" });
  return row;
}
