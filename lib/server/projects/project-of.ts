import { eq } from "drizzle-orm";
import { projects } from "@/db/schema";
import { DomainError } from "../errors";
import { services } from "../services";

export async function projectOf(id: string): Promise<{ id: string; name: string }> {
  const [row] = await services().db.select({ id: projects.id, name: projects.name }).from(projects).where(eq(projects.id, id));
  if (!row) throw new DomainError("not_found", "There is no such project.");
  return row;
}
