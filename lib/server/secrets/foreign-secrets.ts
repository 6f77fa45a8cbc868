import type { Pool } from "@/db/client";
import type { Sealer } from "./seal";

/**
 * What the database holds that was sealed with another key than ours, as one line for who starts the server; null when there is nothing.
 * Without it a lost key, or two machines with a key each, would be found out when a message is missed.
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
