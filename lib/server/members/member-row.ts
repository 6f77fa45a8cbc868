import { and, eq, type SQL } from "drizzle-orm";
import { members } from "@/db/schema";
import type { Member } from "@/lib/core/members/member";
import { DomainError } from "../errors";
import { isUuid } from "../uuid";

export type MemberRow = typeof members.$inferSelect;

export function toMember({ id, name, role, createdAt, createdBy, lastSeenAt }: MemberRow): Member {
  return { id, name, role, createdAt: createdAt.toISOString(), createdBy, lastSeenAt: lastSeenAt?.toISOString() ?? null };
}

/** A condition for the member with this id in this project. Throws not_found if the id is malformed. */
export function memberPlace(projectId: string, id: string): SQL | undefined {
  if (!isUuid(id)) throw noMember();
  return and(eq(members.projectId, projectId), eq(members.id, id));
}

export function noMember(): DomainError {
  return new DomainError("not_found", "There is no member with this id.", { path: "member" });
}
