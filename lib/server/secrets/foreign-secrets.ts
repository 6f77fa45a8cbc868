import type { Pool } from "@/db/client";
import type { Sealer } from "./seal";

/**
 * One line for whoever starts the server about secrets in the database that were sealed with another key; null if there are none.
 * Otherwise a lost key, or two machines with different keys, would only be noticed when a message goes missing.
 */
export async function foreignSecrets(pool: Pool, sealer: Sealer): Promise<string | null> {
  const [row] = await pool<{ webhooks: number; channels: number; sources: number }[]>`
    select (count(*) filter (where kind = 'events'))::int as webhooks, (count(*) filter (where kind <> 'events'))::int as channels,
      (select count(*)::int from sources where not starts_with(token, ${sealer.beginning})) as sources
    from webhooks where secret <> '' and not starts_with(secret, ${sealer.beginning})`;
  if (!row) return null;
  const found = Object.entries(row).flatMap(([what, count]) => (count > 0 ? [`${count} ${count === 1 ? what.slice(0, -1) : what}`] : []));
  if (found.length === 0) return null;
  return `The secrets of ${found.join(", ")} were encrypted with another key, so nothing can be sent with them. Restore secret.key or WATCHFLOOR_SECRET, or set new secrets.`;
}
