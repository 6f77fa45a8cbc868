import type { Role } from "@/lib/core/members/roles";
import { type Scope, scopes } from "@/lib/core/members/scopes";

export type { Scope };

/** A member of the project, identified by the session that came from the member's link. */
export type Person = { readonly id: string; readonly name: string; readonly role: Role };

/** Who is calling: a key, a browser (the local owner's, a member's, or one signed in by a key), a tool on the same machine, or nobody. */
export type Principal = {
  readonly kind: "key" | "session" | "local" | "nobody";
  readonly projectId: string;
  readonly scopes: ReadonlySet<Scope>;
  readonly keyId?: string;
  /** The calling browser's session. */
  readonly sessionId?: string;
  readonly member?: Person;
  /** The owner of this installation, in person or through a tool on the same machine: sees every project, one at a time. */
  readonly isOwner?: boolean;
};

export const nobody: Principal = { kind: "nobody", projectId: "", scopes: new Set() };
export const allScopes: ReadonlySet<Scope> = new Set(scopes);
