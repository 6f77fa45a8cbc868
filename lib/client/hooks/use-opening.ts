import { useCallback, useRef } from "react";

type Opened<Key extends string> = { readonly [K in Key]: string | null };
type History = { readonly history: "push" | "replace" };

/**
 * Sets what is open over a page, as the parameter `key` of its address. Opening from nothing is a step of the history, so that the browser's
 * back closes; another one in its place is none. Closing goes back by that step, else what was closed would be one step back.
 * `also` = the parameters that are about what is open.
 */
export function useOpening<Key extends string>(
  key: Key,
  set: (changes: Opened<Key>, options: History) => unknown,
  also: string | null = null,
): (changes: Opened<Key>) => void {
  const before = useRef<string | null>(null);
  return useCallback(
    (changes: Opened<Key>) => {
      const below = new URL(location.href);
      const wasOpen = below.searchParams.has(key);
      below.searchParams.delete(key);
      if (also) below.searchParams.delete(also);
      if (changes[key] !== null) {
        if (!wasOpen) before.current = below.href;
        set(changes, { history: wasOpen ? "replace" : "push" });
        return;
      }
      const stepped = wasOpen && before.current === below.href;
      before.current = null;
      if (stepped) history.back();
      else set(changes, { history: "replace" });
    },
    [key, set, also],
  );
}
