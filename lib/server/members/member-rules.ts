import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiKeys, members } from "@/db/schema";
import { likeness } from "@/lib/core/members/likeness";
import { isTaken } from "@/lib/core/members/member-name";
import { type Role, roleScopes } from "@/lib/core/members/roles";
import type { Scope } from "@/lib/core/members/scopes";
import { DomainError } from "../errors";
import type { Principal } from "../http/principal";

type Tx = Pick<Db, "select" | "execute">;

/** Nobody gives more than they have: a key that may manage members but not decide cannot create someone who decides. */
export function requireMayGive({ scopes }: Principal, role: Role): void {
  const more = roleScopes[role].filter((scope) => !scopes.has(scope));
  if (more.length > 0)
    throw new DomainError("forbidden", `The role ${role} has scopes that you do not: ${more.join(", ")}.`, {
      path: "role",
      hint: "Choose a lesser role, or ask someone who has these scopes.",
    });
}

/** The same for a new key. */
export function requireMayLend({ scopes }: Principal, lent: readonly Scope[]): void {
  const more = lent.filter((scope) => !scopes.has(scope));
  if (more.length > 0)
    throw new DomainError("forbidden", `You cannot give a key scopes that you do not have: ${more.join(", ")}.`, {
      path: "scopes",
      hint: "Leave them out, or ask someone who has them.",
    });
}

/** Serialises creating and naming a project's members and keys: two at once must not both find a name free. */
export async function lockNames(tx: Tx, projectId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`watchfloor members ${projectId}`}))`);
}

const tellApart = "Names appear next to decisions. Add something that tells the two apart.";

/** Throws conflict when the name of another member, or of a key, looks like this one. Call under the lock of the names. */
export async function requireFreeName(tx: Tx, projectId: string, { name, except }: { name: string; except?: string }): Promise<void> {
  const same = and(eq(members.projectId, projectId), eq(members.likeness, likeness(name)));
  const [other] = await tx
    .select({ name: members.name })
    .from(members)
    .where(except === undefined ? same : and(same, ne(members.id, except)));
  if (!other) return requireNoKey(tx, projectId, name);
  const words =
    other.name === name ? "There is already a member with this name." : `This name looks too much like that of the member ${other.name}.`;
  throw new DomainError("conflict", words, { path: "name", hint: tellApart });
}

async function requireNoKey(tx: Tx, projectId: string, name: string): Promise<void> {
  const keys = await tx
    .select({ name: apiKeys.name })
    .from(apiKeys)
    .where(and(eq(apiKeys.projectId, projectId), isNull(apiKeys.revokedAt)));
  const other = keys.find((key) => likeness(seen(key.name)) === likeness(name));
  if (other)
    throw new DomainError("conflict", `This name looks too much like that of the key ${other.name}.`, { path: "name", hint: tellApart });
}

/**
 * A key's actions appear under its name: otherwise whoever may create keys could decide as anybody. Throws invalid_request and conflict.
 * Call under the lock of the names.
 */
export async function requireKeyName(tx: Tx, projectId: string, name: string): Promise<void> {
  if (isTaken(seen(name)) || isTaken(seen(name, " ")))
    throw new DomainError("invalid_request", "This name is reserved: Watchfloor uses it itself.", { path: "name" });
  const [member] = await tx
    .select({ name: members.name })
    .from(members)
    .where(and(eq(members.projectId, projectId), eq(members.likeness, likeness(seen(name)))));
  if (member)
    throw new DomainError("conflict", `This name looks too much like that of the member ${member.name}.`, {
      path: "name",
      hint: tellApart,
    });
}

/** Names of keys may contain invisible characters; some are as wide as a blank. */
function seen(name: string, drawn: "" | " " = ""): string {
  return name.replaceAll(/[\p{C}\p{Default_Ignorable_Code_Point}\u2800]/gu, drawn);
}
