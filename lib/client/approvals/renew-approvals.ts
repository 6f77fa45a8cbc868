import type { QueryClient } from "@tanstack/react-query";
import { approvalQueries } from "../queries/approvals";

/** The first news is read soon; a run that goes on telling is read once a second. */
const renewMs = 150;
const renewedMs = 1_000;

type Renewal = { timer: ReturnType<typeof setTimeout> | null; at: number };

/** One for each window: the count, the title and the page hear the same news, and it is read once for all of them. */
const renewals = new WeakMap<QueryClient, Renewal>();

/** Reads anew, shortly, what is shown of approvals. However many ask, and however often, it is read once a second. */
export function renewApprovals(client: QueryClient): void {
  const renewal = renewals.get(client) ?? { timer: null, at: Number.NEGATIVE_INFINITY };
  renewals.set(client, renewal);
  renewal.timer ??= setTimeout(
    () => {
      renewal.timer = null;
      renewal.at = performance.now();
      const of = { queryKey: approvalQueries.approvals };
      // A first reading that is under way may have been answered before the news, and is not begun anew: it is read once more.
      const isFirst = client.isFetching({ ...of, predicate: ({ state }) => state.data === undefined }) > 0;
      void client.invalidateQueries(of).then(() => isFirst && renewApprovals(client));
    },
    Math.max(renewMs, renewal.at + renewedMs - performance.now()),
  );
}
