import { hashKey, type QueryClient, type QueryKey } from "@tanstack/react-query";

/** The first news is read soon; what goes on changing is read once a second. */
const soonMs = 150;
const everyMs = 1_000;

type Renewal = { timer: ReturnType<typeof setTimeout> | null; at: number };

/** One for each window and key: a count, a title and a page hear the same news, and it is read once for all of them. */
const renewals = new WeakMap<QueryClient, Map<string, Renewal>>();

/**
 * Reads anew, shortly, what is shown of the queries whose key begins so. However many ask, and however often, it is read once a second, or
 * once in `pace.everyMs`. A reading that is under way is neither broken off, which a slow one would not survive while news goes on, nor
 * taken for the news, which it may be older than: it is waited for, and read once more.
 */
export function renewQueries(client: QueryClient, queryKey: QueryKey, pace: { readonly everyMs?: number } = {}): void {
  const renewal = renewalOf(client, queryKey);
  renewal.timer ??= setTimeout(
    () => {
      renewal.timer = null;
      renewal.at = performance.now();
      const isUnderWay = client.isFetching({ queryKey, type: "active" }) > 0;
      void client.invalidateQueries({ queryKey }, { cancelRefetch: false }).then(() => isUnderWay && renewQueries(client, queryKey, pace));
    },
    Math.max(soonMs, renewal.at + (pace.everyMs ?? everyMs) - performance.now()),
  );
}

function renewalOf(client: QueryClient, queryKey: QueryKey): Renewal {
  const all = renewals.get(client) ?? new Map<string, Renewal>();
  renewals.set(client, all);
  const name = hashKey(queryKey);
  const renewal = all.get(name) ?? { timer: null, at: Number.NEGATIVE_INFINITY };
  all.set(name, renewal);
  return renewal;
}
