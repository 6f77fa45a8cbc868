import { and, eq, ne, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { members } from "@/db/schema";
import { likeness } from "@/lib/core/members/likeness";
import { type Role, roleScopes } from "@/lib/core/members/roles";
import type { Scope } from "@/lib/core/members/scopes";
import { DomainError } from "../errors";
import type { Principal } from "../http/principal";

type Tx = Pick<Db, "select" | "execute">;

/** Nobody gives more than they have: a key that may manage members and not decide makes nobody who decides. */
export function requireMayGive({ scopes }: Principal, role: Role): void {
  const more = roleScopes[role].filter((scope) => !scopes.has(scope));
  if (more.length > 0)
    throw new DomainError("forbidden", `The role ${role} may ${more.join(", ")}; who asks here may not.`, {
      path: "role",
      hint: "Give a lesser role, or ask somebody who may do all of it.",
    });
}

/** The same for a key that is made. */
export function requireMayLend({ scopes }: Principal, lent: readonly Scope[]): void {
  const more = lent.filter((scope) => !scopes.has(scope));
  if (more.length > 0)
    throw new DomainError("forbidden", `The key would have the scope ${more.join(", ")}; who asks here has not.`, {
      path: "scopes",
      hint: "Leave it out, or ask somebody who has it.",
    });
}

/** Members of one project are made and named one after the other: two at once must not both find a name free. */
export async function lockNames(tx: Tx, projectId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`watchfloor members ${projectId}`}))`);
}

/** Throws conflict when another member's name reads like this one. Under the lock of the names. */
export async function requireFreeName(tx: Tx, projectId: string, { name, except }: { name: string; except?: string }): Promise<void> {
  const same = and(eq(members.projectId, projectId), eq(members.likeness, likeness(name)));
  const [other] = await tx
    .select({ name: members.name })
    .from(members)
    .where(except === undefined ? same : and(same, ne(members.id, except)));
  if (!other) return;
  const words = other.name === name ? "There is a member of this name." : `This name reads too much like that of the member ${other.name}.`;
  throw new DomainError("conflict", words, { path: "name", hint: "A name stands beside decisions: add what tells the two apart." });
}
