import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { NewAlertRule } from "@/lib/core/alerts/rule";
import type { ApprovalTab } from "@/lib/core/approvals/tabs";
import type { CostGrouping } from "@/lib/core/costs/cost-grouping";
import { type CostWindow, windowSpan } from "@/lib/core/costs/cost-span";
import { previewRule, readAlert, readAlerts, readChannels, readRules } from "./api/alerts";
import { readApproval, readApprovals } from "./api/approvals";
import { readBudgets } from "./api/budgets";
import { readRunControl } from "./api/control";
import { readCosts, readTopRuns } from "./api/costs";
import { readPrices, readRepricings } from "./api/prices";
import { readDemo, readHealth, readKeys, readMe } from "./api/project";
import { readProjects } from "./api/projects";
import { readLastEvents, readRunCounts } from "./api/run-lists";
import { readEventPage, readRawEvent, readRun, readRuns } from "./api/runs";
import { readSession, readSessions } from "./api/sessions";
import { readSourceCalls, readSources } from "./api/sources";
import { readApprovalPolicy, readStanding } from "./api/standing";
import { readDeliveries, readDelivery, readReplays, readWebhooks } from "./api/webhooks";
import { noRunFilters, type RunFilters } from "./runs/run-filters";
import { serverNowMs } from "./time/shared-clock";

export const runsPageSize = 50;
/** What waits comes whole, most urgent first; the past comes in pages. */
export const approvalsPageSize = (tab: ApprovalTab): number => (tab === "waiting" ? 500 : 50);
const searchSize = 8;
/** What a glance at a run shows of its end. */
const recentSize = 8;

/** Every query of the browser, with its key: no key is written anywhere else. */
export const queries = {
  me: () => queryOptions({ queryKey: ["me"], queryFn: ({ signal }) => readMe(signal), staleTime: 60_000 }),
  projects: () => queryOptions({ queryKey: ["projects"], queryFn: ({ signal }) => readProjects(signal) }),
  health: () => queryOptions({ queryKey: ["health"], queryFn: ({ signal }) => readHealth(signal), staleTime: 10_000 }),
  webhooks: () => queryOptions({ queryKey: ["webhooks"], queryFn: ({ signal }) => readWebhooks(signal), refetchInterval: 5_000 }),
  deliveries: (webhookId: string, limit: number) =>
    queryOptions({
      queryKey: ["webhooks", webhookId, "deliveries", limit],
      queryFn: ({ signal }) => readDeliveries(webhookId, limit, signal),
      refetchInterval: 2_000,
      placeholderData: keepPreviousData,
    }),
  delivery: (id: string) => queryOptions({ queryKey: ["webhooks", "delivery", id], queryFn: ({ signal }) => readDelivery(id, signal) }),
  /** Once a second for as long as one is running. */
  replays: () =>
    queryOptions({
      queryKey: ["replays"],
      queryFn: ({ signal }) => readReplays(signal),
      refetchInterval: ({ state }) => (state.data?.some((replay) => replay.status === "running") ? 1_000 : 15_000),
    }),
  keys: () => queryOptions({ queryKey: ["keys"], queryFn: ({ signal }) => readKeys(signal) }),
  demo: () => queryOptions({ queryKey: ["demo"], queryFn: ({ signal }) => readDemo(signal), refetchInterval: 5_000 }),
  runs: (filters: RunFilters) =>
    infiniteQueryOptions({
      queryKey: ["runs", "list", filters],
      queryFn: ({ pageParam, signal }) => readRuns(filters, { cursor: pageParam, limit: runsPageSize }, signal),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      staleTime: Number.POSITIVE_INFINITY,
    }),
  runSearch: (text: string) =>
    queryOptions({
      queryKey: ["runs", "search", text],
      queryFn: async ({ signal }) => (await readRuns({ ...noRunFilters, q: text }, { cursor: null, limit: searchSize }, signal)).runs,
    }),
  /** Runs to choose one from: what the letters find, or without any the latest of this agent. */
  runChoices: (text: string, agent: string | null) =>
    queryOptions({
      queryKey: ["runs", "choices", text, agent],
      queryFn: async ({ signal }) => {
        const filters = text === "" ? { ...noRunFilters, agent } : { ...noRunFilters, q: text };
        return (await readRuns(filters, { cursor: null, limit: searchSize + 1 }, signal)).runs;
      },
      placeholderData: keepPreviousData,
    }),
  runCounts: () => queryOptions({ queryKey: ["runs", "counts"], queryFn: ({ signal }) => readRunCounts(signal), refetchInterval: 30_000 }),
  recentEvents: (runId: string, ended: boolean) =>
    queryOptions({
      queryKey: ["run", runId, "recent", ended] as const,
      queryFn: async ({ signal }) => (await readLastEvents(runId, recentSize, signal)).events,
      staleTime: 1_000,
    }),
  budgets: () =>
    queryOptions({ queryKey: [...queries.costs, "budgets"] as const, queryFn: ({ signal }) => readBudgets(signal), staleTime: 60_000 }),
  prices: () => queryOptions({ queryKey: ["prices"], queryFn: ({ signal }) => readPrices(signal) }),
  /** Twice a second while one is counted or written. */
  repricings: () =>
    queryOptions({
      queryKey: ["repricings"],
      queryFn: ({ signal }) => readRepricings(signal),
      refetchInterval: ({ state }) => (state.data?.some(({ status }) => status === "counting" || status === "applying") ? 500 : false),
    }),
  /** The key that all figures of the costs page begin with. */
  costs: ["costs"] as const,
  costReport: (window: CostWindow, groupBy: CostGrouping) =>
    queryOptions({
      queryKey: [...queries.costs, "report", window, groupBy] as const,
      queryFn: ({ signal }) => readCosts(windowSpan(window, serverNowMs()), groupBy, signal),
      staleTime: 60_000,
    }),
  topRuns: (window: CostWindow) =>
    queryOptions({
      queryKey: [...queries.costs, "top-runs", window] as const,
      queryFn: ({ signal }) => readTopRuns(windowSpan(window, serverNowMs()), signal),
      staleTime: 60_000,
    }),
  /** The key that everything about sessions begins with. */
  sessions: ["sessions"] as const,
  sessionList: () =>
    infiniteQueryOptions({
      queryKey: [...queries.sessions, "list"],
      queryFn: ({ pageParam, signal }) => readSessions({ cursor: pageParam, limit: runsPageSize }, signal),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  session: (id: string) => queryOptions({ queryKey: [...queries.sessions, "one", id], queryFn: ({ signal }) => readSession(id, signal) }),
  sources: () => queryOptions({ queryKey: ["sources"], queryFn: ({ signal }) => readSources(signal), refetchInterval: 2_000 }),
  /** Soon again while an attempt is due. */
  sourceCalls: (about: string) =>
    queryOptions({
      queryKey: ["source-calls", about],
      queryFn: ({ signal }) => readSourceCalls(about, signal),
      refetchInterval: ({ state }) => (state.data?.some(({ status }) => status === "pending") ? 1_000 : 15_000),
    }),
  /** The key that everything about a run's control begins with. */
  control: (runId: string) => ["run", runId, "control"] as const,
  /** Once a second for as long as a request is under way. */
  runControl: (runId: string, version: string) =>
    queryOptions({
      queryKey: [...queries.control(runId), version] as const,
      queryFn: ({ signal }) => readRunControl(runId, signal),
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) => (state.data?.latest?.outcome === "open" ? 1_000 : 15_000),
    }),
  runHeader: (runId: string) => queryOptions({ queryKey: ["run", runId, "header"] as const, queryFn: () => readRun(runId) }),
  runSnapshot: (runId: string) =>
    queryOptions({
      queryKey: ["run", runId, "snapshot"],
      // What puts a run together is loaded by the pages that show one, not by the list.
      queryFn: async ({ signal }) => {
        const { openRun, rowReads } = await import("./runs/run-rows");
        return openRun(rowReads(runId, signal));
      },
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
    }),
  /** The key that everything begins with which the stream says has changed. */
  alerts: ["alerts"] as const,
  firingAlerts: () =>
    queryOptions({ queryKey: [...queries.alerts, "firing"] as const, queryFn: ({ signal }) => readAlerts({ state: "firing" }, signal) }),
  endedAlerts: () =>
    infiniteQueryOptions({
      queryKey: [...queries.alerts, "ended"] as const,
      queryFn: ({ pageParam, signal }) => readAlerts({ state: "ended", cursor: pageParam }, signal),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  alert: (id: string) =>
    queryOptions({ queryKey: [...queries.alerts, "one", id] as const, queryFn: ({ signal }) => readAlert(id, signal) }),
  alertRules: () => queryOptions({ queryKey: [...queries.alerts, "rules"] as const, queryFn: ({ signal }) => readRules(signal) }),
  alertChannels: () => queryOptions({ queryKey: [...queries.alerts, "channels"] as const, queryFn: ({ signal }) => readChannels(signal) }),
  alertPreview: (rule: NewAlertRule) =>
    queryOptions({
      queryKey: ["alert-preview", rule] as const,
      queryFn: ({ signal }) => previewRule(rule, signal),
      staleTime: 60_000,
      placeholderData: keepPreviousData,
    }),
  /** The key that everything about approvals begins with. */
  approvals: ["approvals"] as const,
  approvalList: (tab: ApprovalTab) =>
    infiniteQueryOptions({
      queryKey: [...queries.approvals, "list", tab],
      queryFn: ({ pageParam, signal }) => readApprovals({ tab, limit: approvalsPageSize(tab), cursor: pageParam }, signal),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  approval: (id: string) =>
    queryOptions({ queryKey: [...queries.approvals, "one", id], queryFn: ({ signal }) => readApproval(id, signal) }),
  runApprovals: (run: string, version: string) =>
    queryOptions({
      queryKey: [...queries.approvals, "run", run, version],
      queryFn: ({ signal }) => readApprovals({ tab: "waiting", run, limit: approvalsPageSize("waiting") }, signal),
    }),
  /** Under the key of approvals: a use is a decision, and is heard as one. */
  standing: (run: string | null) =>
    queryOptions({
      queryKey: [...queries.approvals, "standing", run] as const,
      queryFn: ({ signal }) => readStanding(run, signal),
      refetchInterval: ({ state }) => ((state.data?.length ?? 0) > 0 ? 5_000 : false),
    }),
  approvalPolicy: () => queryOptions({ queryKey: ["approval-policy"], queryFn: ({ signal }) => readApprovalPolicy(signal) }),
  pendingApprovals: () =>
    queryOptions({
      queryKey: [...queries.approvals, "pending"],
      queryFn: async ({ signal }) => (await readApprovals({ tab: "waiting", limit: 1 }, signal)).pending,
    }),
  eventsBefore: (runId: string, seq: number) =>
    queryOptions({
      queryKey: ["run", runId, "before", seq],
      queryFn: async ({ signal }) => (await readEventPage(runId, { from: Math.max(1, seq - 4), limit: 5 }, signal)).events,
      staleTime: Number.POSITIVE_INFINITY,
    }),
  rawEvent: (runId: string, seq: number) =>
    queryOptions({
      queryKey: ["run", runId, "raw", seq],
      queryFn: ({ signal }) => readRawEvent(runId, seq, signal),
      staleTime: Number.POSITIVE_INFINITY,
    }),
};
