import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { noAlertFilter } from "@/lib/core/alerts/no-alert-filter";
import type { NewAlertRule } from "@/lib/core/alerts/rule";
import {
  acknowledgeAlert,
  acknowledgeAlerts,
  changeRule,
  createChannel,
  createRule,
  deleteChannel,
  deleteRule,
  muteAlert,
  testChannel,
} from "../api/alerts";
import { alertQueries } from "../queries/alerts";
import { useAlertNews } from "./use-alert-news";
import { useMore } from "./use-more";
import { useRenewal } from "./use-renewal";

/** Reads everything about alerts again when the stream says that it changed. */
function useAlertRenewal(): void {
  const renew = useRenewal(alertQueries.alerts);
  const revision = useRef<number | null>(null);
  useAlertNews((news) => {
    if (news.revision === revision.current) return;
    revision.current = news.revision;
    renew();
  });
}

/** What fires, what is over, the rules and the channels; kept current by the stream. */
export function useAlertPage() {
  useAlertRenewal();
  const firing = useInfiniteQuery(alertQueries.firingAlerts());
  return { firing, more: useMore(firing), rules: useQuery(alertQueries.alertRules()) };
}

export function useEndedAlerts() {
  const ended = useInfiniteQuery(alertQueries.endedAlerts());
  return { ended, more: useMore(ended) };
}

export function useAlert(id: string) {
  return useQuery(alertQueries.alert(id));
}

export function useAlertChannels() {
  return useQuery(alertQueries.alertChannels());
}

/** What this rule would have told of; null = the rule is not whole yet. */
export function useAlertPreview(rule: NewAlertRule | null) {
  return useQuery({ ...alertQueries.alertPreview(rule ?? noRule), enabled: rule !== null });
}

const noRule: NewAlertRule = {
  ...{
    name: "",
    kind: "run-failed",
    filter: noAlertFilter,
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
  const onSettled = () => client.invalidateQueries({ queryKey: alertQueries.alerts });
  return {
    acknowledge: useMutation({ mutationFn: acknowledgeAlert, onSettled }),
    acknowledgeMany: useMutation({ mutationFn: acknowledgeAlerts, onSettled }),
    mute: useMutation({ mutationFn: muteAlert, onSettled }),
    createRule: useMutation({ mutationFn: createRule, onSettled }),
    changeRule: useMutation({ mutationFn: changeRule, onSettled }),
    deleteRule: useMutation({ mutationFn: deleteRule, onSettled }),
    createChannel: useMutation({ mutationFn: createChannel, onSettled }),
    deleteChannel: useMutation({ mutationFn: deleteChannel, onSettled }),
    testChannel: useMutation({ mutationFn: testChannel, onSettled }),
  };
}
