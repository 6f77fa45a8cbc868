import type { Role } from "@/lib/core/members/roles";
import { type Scope, scopes } from "@/lib/core/members/scopes";

export type { Scope };

/** Who is asking as a person: a member of the project, by the session that came from the member's link. */
export type Person = { readonly id: string; readonly name: string; readonly role: Role };

/** Who is asking: a key, a browser (the local owner's, a member's, or one that a key let in), a tool on the same machine, or nobody. */
export type Principal = {
  readonly kind: "key" | "session" | "local" | "nobody";
  readonly projectId: string;
  readonly scopes: ReadonlySet<Scope>;
  readonly keyId?: string;
  /** Of the browser that asks. */
  readonly sessionId?: string;
  readonly member?: Person;
  /** The owner of this installation, in person or by a tool on the same machine: sees every project, one at a time. */
  readonly isOwner?: boolean;
};

export const nobody: Principal = { kind: "nobody", projectId: "", scopes: new Set() };
export const allScopes: ReadonlySet<Scope> = new Set(scopes);
