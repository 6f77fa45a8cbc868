import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useSyncExternalStore } from "react";
import type { AlertNews } from "@/lib/core/alerts/alert";
import type { NewAlertRule } from "@/lib/core/alerts/rule";
import { acknowledgeAlert, changeRule, createChannel, createRule, deleteChannel, deleteRule, muteAlert, testChannel } from "../api/alerts";
import { queries } from "../queries";
import { streamClient } from "../stream/stream-client";

/** A burst of changes is read once. */
const renewMs = 150;

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

/** Reads everything about alerts again when the stream says that it changed. */
function useRenewal(): void {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const revision = useRef<number | null>(null);
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  useAlertNews((news) => {
    if (news.revision === revision.current) return;
    revision.current = news.revision;
    timer.current ??= setTimeout(() => {
      timer.current = null;
      void client.invalidateQueries({ queryKey: queries.alerts });
    }, renewMs);
  });
}

/** What fires, what is over, the rules and the channels; kept current by the stream. */
export function useAlertPage() {
  useRenewal();
  return { firing: useQuery(queries.firingAlerts()), rules: useQuery(queries.alertRules()) };
}

export function useEndedAlerts() {
  return useInfiniteQuery(queries.endedAlerts());
}

export function useAlert(id: string) {
  return useQuery(queries.alert(id));
}

export function useAlertChannels() {
  return useQuery(queries.alertChannels());
}

/** What this rule would have told of; null = the rule is not whole yet. */
export function useAlertPreview(rule: NewAlertRule | null) {
  return useQuery({ ...queries.alertPreview(rule ?? noRule), enabled: rule !== null });
}

const noRule: NewAlertRule = {
  ...{
    name: "",
    kind: "run-failed",
    filter: { dialect: null, agent: null, q: null },
    warning: null,
    alert: 1,
    windowMinutes: 1,
    minRuns: 1,
  },
  ...{ forSeconds: 0, recoverSeconds: 0, channels: [], enabled: true },
};

/** Everything that a person does with alerts; each reads again what it changed. */
export function useAlertActs() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: queries.alerts });
  return {
    acknowledge: useMutation({ mutationFn: acknowledgeAlert, onSettled }),
    mute: useMutation({ mutationFn: muteAlert, onSettled }),
    createRule: useMutation({ mutationFn: createRule, onSettled }),
    changeRule: useMutation({ mutationFn: changeRule, onSettled }),
    deleteRule: useMutation({ mutationFn: deleteRule, onSettled }),
    createChannel: useMutation({ mutationFn: createChannel, onSettled }),
    deleteChannel: useMutation({ mutationFn: deleteChannel, onSettled }),
    testChannel: useMutation({ mutationFn: testChannel, onSettled }),
  };
}
