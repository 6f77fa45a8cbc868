"use client";
import { useQueryStates } from "nuqs";
import { ActiveAlerts } from "@/components/alerts/active-alerts";
import { type AlertTab, alertParams, alertTabs } from "@/components/alerts/alert-params";
import { alertRowId } from "@/components/alerts/alert-rows";
import { BrowserNotice } from "@/components/alerts/browser-notice";
import { Channels } from "@/components/alerts/channels";
import { EndedAlerts } from "@/components/alerts/ended-alerts";
import { MarkedAlertsBar } from "@/components/alerts/marked-alerts-bar";
import { OpenAlert } from "@/components/alerts/open-alert";
import { Rules } from "@/components/alerts/rules";
import { useAlertMarks } from "@/components/alerts/use-alert-marks";
import { alertsInSight } from "@/components/layout/alerts-in-sight";
import { PageHeader } from "@/components/layout/page-header";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { ErrorState } from "@/components/ui/error-state";
import { Needs } from "@/components/ui/needs";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import { useAlertPage } from "@/lib/client/hooks/use-alerts";
import { useOpening } from "@/lib/client/hooks/use-opening";
import { useShortcuts } from "@/lib/client/hooks/use-shortcuts";

const words: Readonly<Record<AlertTab, string>> = { active: "Active", rules: "Rules", history: "History", channels: "Channels" };

export function AlertsClient() {
  const [{ tab, alert }, setPlace] = useQueryStates(alertParams, { history: "push" });
  const { firing, more, rules } = useAlertPage();
  const setOpen = useOpening("alert", setPlace);
  const open = (id: string | null) => setOpen({ alert: id });
  const shown = firing.data?.pages.flatMap((page) => page.alerts) ?? [];
  const step = (by: number) => {
    const at = shown.findIndex(({ id }) => document.activeElement?.id === alertRowId(id));
    const next = shown[Math.min(shown.length - 1, Math.max(0, at + by))];
    if (next) document.getElementById(alertRowId(next.id))?.focus();
  };
  const marks = useAlertMarks(shown, tab === "active" && alert === null);
  useShortcuts(
    "Alerts",
    [
      { keys: "j", label: "Next alert", run: () => step(1) },
      { keys: "k", label: "Previous alert", run: () => step(-1) },
      ...alertTabs.map((value, index) => ({ keys: String(index + 1), label: words[value], run: () => void setPlace({ tab: value }) })),
    ],
    alert === null,
  );
  const marking = tab === "active" && marks.ids.length > 0;
  return (
    <>
      <PageHeader title="Alerts" />
      <Tabs
        label="Alerts"
        className="shrink-0 bg-panel [&>div]:px-4"
        items={alertTabs.map((value) => ({
          value,
          label: words[value],
          ...(value === "active" && shown.length > 0
            ? { badge: <Badge tone="failed">{`${shown.length.toLocaleString("en")}${firing.hasNextPage ? "+" : ""}`}</Badge> }
            : {}),
        }))}
        value={tab}
        onChange={(next) => void setPlace({ tab: next, alert: null })}
      />
      <div id={tab === "active" ? alertsInSight : undefined} className="relative min-h-0 flex-1">
        <div data-place={`alerts ${tab}`} className="h-full overflow-y-auto">
          <div className={classNames("mx-auto flex max-w-4xl flex-col gap-4 px-4 py-4", marking && "pb-16")}>
            {firing.error && (
              <ErrorState
                title="The alerts could not be loaded."
                error={firing.error}
                kept={firing.data ? "The list below may be out of date." : undefined}
                onRetry={() => void firing.refetch()}
              />
            )}
            {firing.isPending && tab === "active" && <SkeletonRows rows={4} />}
            {tab === "active" && firing.data && <ActiveAlerts alerts={shown} rules={rules.data ?? null} marks={marks} onOpen={open} />}
            {tab === "active" && more.hasMore && (
              <Button className="self-center" disabled={more.loadingMore} onClick={more.loadMore}>
                Show more
              </Button>
            )}
            {tab === "rules" && <Rules rules={rules.data ?? null} />}
            {tab === "history" && <EndedAlerts onOpen={open} />}
            {tab === "channels" && (
              <Needs scope="admin" otherwise={(refusal) => <MyChannel refusal={refusal} />}>
                <Channels />
              </Needs>
            )}
          </div>
        </div>
        {marking && <MarkedAlertsBar marks={marks} />}
      </div>
      {alert !== null && <OpenAlert key={alert} id={alert} onClose={() => open(null)} />}
    </>
  );
}

/** Whom else alerts are told is the admins' matter; that this browser tells them is its own. */
function MyChannel({ refusal }: { readonly refusal: string }) {
  return (
    <>
      <p className="text-muted">{refusal}</p>
      <BrowserNotice />
    </>
  );
}
