import { useEffect, useState } from "react";

type PagedQuery = {
  readonly hasNextPage: boolean;
  readonly isFetching: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
};

/**
 * The next page of a list that is read again as news of it comes. A reading that is under way goes first: it would be called off, and what
 * is new would not be seen until the next news.
 */
export function useMore({ hasNextPage, isFetching, isFetchingNextPage, fetchNextPage }: PagedQuery) {
  const [isWanted, setWanted] = useState(false);
  const isNext = isWanted && !isFetching;
  useEffect(() => {
    if (!isNext) return;
    setWanted(false);
    if (hasNextPage) void fetchNextPage();
  }, [isNext, hasNextPage, fetchNextPage]);
  return { hasMore: hasNextPage, loadMore: () => setWanted(true), loadingMore: isWanted || isFetchingNextPage };
}
