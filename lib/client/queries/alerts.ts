import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { NewAlertRule } from "@/lib/core/alerts/rule";
import { previewRule, readAlert, readAlerts, readChannels, readRules } from "../api/alerts";

/** Queries of alerts, their rules and channels. No key is written anywhere else. */
export const alertQueries = {
  /** The key that everything begins with which the stream says has changed. */
  alerts: ["alerts"] as const,
  firingAlerts: () =>
    infiniteQueryOptions({
      queryKey: [...alertQueries.alerts, "firing"] as const,
      queryFn: ({ pageParam, signal }) => readAlerts({ state: "firing", cursor: pageParam }, signal),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  endedAlerts: () =>
    infiniteQueryOptions({
      queryKey: [...alertQueries.alerts, "ended"] as const,
      queryFn: ({ pageParam, signal }) => readAlerts({ state: "ended", cursor: pageParam }, signal),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  alert: (id: string) =>
    queryOptions({ queryKey: [...alertQueries.alerts, "one", id] as const, queryFn: ({ signal }) => readAlert(id, signal) }),
  alertRules: () => queryOptions({ queryKey: [...alertQueries.alerts, "rules"] as const, queryFn: ({ signal }) => readRules(signal) }),
  alertChannels: () =>
    queryOptions({ queryKey: [...alertQueries.alerts, "channels"] as const, queryFn: ({ signal }) => readChannels(signal) }),
  alertPreview: (rule: NewAlertRule) =>
    queryOptions({
      queryKey: ["alert-preview", rule] as const,
      queryFn: ({ signal }) => previewRule(rule, signal),
      staleTime: 60_000,
      placeholderData: keepPreviousData,
    }),
};
