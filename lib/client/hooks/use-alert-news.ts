import { useEffect, useRef, useSyncExternalStore } from "react";
import type { AlertNews } from "@/lib/core/alerts/alert";
import { streamClient } from "../stream/stream-client";

/** Hears what becomes of alerts, from the one stream of the browser. */
export function useAlertNews(onNews: (news: AlertNews) => void): void {
  const latest = useRef(onNews);
  useEffect(() => {
    latest.current = onNews;
  });
  useEffect(() => streamClient().onAlerts((news) => latest.current(news)), []);
}

/** How many alerts fire that nobody has acknowledged or muted; null = not known yet. */
export function useFiringCount(): number | null {
  return useSyncExternalStore(
    (listener) => streamClient().onAlerts(listener),
    () => streamClient().alerts?.firing ?? null,
    () => null,
  );
}
