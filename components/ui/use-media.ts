"use client";
import { useCallback, useSyncExternalStore } from "react";

/** Whether a media query holds; false on the server. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(query).matches,
    () => false,
  );
}

const narrow = "(width < 48rem)";

/** Narrower than a tablet: lists become cards. */
export function useNarrow(): boolean {
  return useMedia(narrow);
}

/** The same, asked once, where something is done. */
export function isNarrow(): boolean {
  return matchMedia(narrow).matches;
}
