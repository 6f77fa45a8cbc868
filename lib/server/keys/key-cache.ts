import { timingSafeEqual } from "node:crypto";
import type { Pool } from "@/db/client";
import { defaultProjectId } from "@/db/migrate";
import { allScopes, type Principal, type Scope } from "../http/principal";
import { isYounger } from "../is-younger";
import { secretHash } from "./secret";

type Known = { readonly principal: Principal | null; readonly askedAtMs: number };

const localPrincipal: Principal = { kind: "local", projectId: defaultProjectId, scopes: allScopes, isOwner: true };

/** A revoked key must stop working in under 5 s in every process. */
const freshMs = 2_000;
const maxKnown = 10_000;
/** Unknown keys are cached too: ten thousand header-sized ones would be 150 MB. A key that was set by hand may be long. */
const longestKey = 512;

/** Looks up keys by their hash and caches the result for two seconds. */
export class KeyCache {
  readonly #pool: Pool;
  readonly #now: () => number;
  readonly #local: Buffer;
  readonly #known = new Map<string, Known>();
  readonly #used = new Set<string>();
  /** How often the cache was cleared: a lookup that began before a clear is not cached after it. */
  #forgotten = 0;

  /** `localToken` is the all-scope key of the tools on this machine; it lives as long as the process. */
  constructor(pool: Pool, options: { now: () => number; localToken: string }) {
    this.#pool = pool;
    this.#now = options.now;
    this.#local = secretHash(options.localToken);
  }

  /** Whose key this is, or null when it is unknown or revoked. */
  find(key: string): Promise<Principal | null> | Principal | null {
    if (key.length > longestKey) return null;
    const known = this.#known.get(key);
    return known && isYounger(known.askedAtMs, freshMs, this.#now()) ? known.principal : this.#lookUp(key);
  }

  async #lookUp(key: string): Promise<Principal | null> {
    const hash = secretHash(key);
    // Counted from the query: its answer may take long, and the key may be revoked meanwhile.
    const askedAtMs = this.#now();
    const forgotten = this.#forgotten;
    const principal = timingSafeEqual(hash, this.#local) ? localPrincipal : await this.#read(hash);
    if (this.#known.size >= maxKnown) this.#known.clear();
    if (forgotten === this.#forgotten) this.#known.set(key, { principal, askedAtMs });
    if (principal?.keyId) this.#used.add(principal.keyId);
    return principal;
  }

  async #read(hash: Buffer): Promise<Principal | null> {
    const [row] = await this.#pool`select project_id, id, scopes from api_keys where hash = ${hash} and revoked_at is null`;
    return row ? { kind: "key", projectId: row.project_id, keyId: row.id, scopes: new Set(row.scopes as Scope[]) } : null;
  }

  /** Makes a key that this process just revoked stop working at once. */
  forget(): void {
    this.#forgotten += 1;
    this.#known.clear();
  }

  /** Records which keys were used since the last call; not part of the request, so that ingest does not wait for it. */
  async writeUsed(): Promise<void> {
    const ids = [...this.#used];
    this.#used.clear();
    if (ids.length > 0) await this.#pool`update api_keys set last_used_at = now() where id in ${this.#pool(ids)}`;
  }
}
