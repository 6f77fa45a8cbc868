import { asc, eq } from "drizzle-orm";
import { members } from "@/db/schema";
import type { Member } from "@/lib/core/members/member";
import { services } from "../services";
import { toMember } from "./member-row";

/** The project's members, oldest first. */
export async function listMembers(projectId: string): Promise<Member[]> {
  const rows = await services()
    .db.select()
    .from(members)
    .where(eq(members.projectId, projectId))
    .orderBy(asc(members.createdAt), asc(members.id));
  return rows.map(toMember);
}
