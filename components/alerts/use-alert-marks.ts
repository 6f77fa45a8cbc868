"use client";
import { toast } from "@/components/ui/toast";
import { type Marked, useMarked } from "@/components/ui/use-marked";
import { useAlertActs } from "@/lib/client/hooks/use-alerts";
import { useRefusal } from "@/lib/client/hooks/use-refusal";
import { useShortcuts } from "@/lib/client/hooks/use-shortcuts";
import type { AcknowledgedAlerts, Alert } from "@/lib/core/alerts/alert";
import { alertRowId } from "./alert-rows";

export type AlertMarks = Pick<Marked, "has" | "toggle" | "clear"> & {
  /** The ticked ones that nobody has taken meanwhile. */
  readonly ids: readonly string[];
  /** How many nobody has. */
  readonly open: number;
  readonly all: () => void;
  readonly take: (ids: readonly string[]) => void;
  readonly busy: boolean;
};

/** Ticks alerts that nobody has and takes them, one or many; `keys` = its keys work. */
export function useAlertMarks(alerts: readonly Alert[], keys: boolean): AlertMarks {
  const open = alerts.filter(({ acknowledged }) => acknowledged === null);
  const { has, toggle, clear } = useMarked(open);
  const { acknowledgeMany } = useAlertActs();
  const refusal = useRefusal("decide");
  const ids = open.filter(({ id }) => has(id)).map(({ id }) => id);
  const focused = () => open.find(({ id }) => document.activeElement?.id === alertRowId(id))?.id;
  const take = (wanted: readonly string[]) => {
    if (wanted.length === 0 || acknowledgeMany.isPending) return;
    if (refusal !== null) return toast({ text: refusal });
    // Its button goes away with what it did: who pressed it goes on from the row.
    const row = document.activeElement?.closest("li")?.querySelector<HTMLElement>(`[id^="${alertRowId("")}"]`);
    acknowledgeMany.mutate(
      { alerts: [...wanted] },
      {
        onSuccess: (reply) => {
          toast(outcomeOf(reply));
          clear();
          row?.focus();
        },
        onError: (error) => toast({ text: `Nothing was acknowledged: ${error.message}`, tone: "bad" }),
      },
    );
  };
  const mark = () => {
    const id = focused();
    if (id !== undefined) toggle(id);
  };
  useShortcuts(
    "Active alerts",
    [
      { keys: "x", label: "Select the alert, to acknowledge many", run: mark },
      {
        keys: "a",
        label: "Acknowledge the selected alerts, or the one that has the focus",
        run: () => take(ids.length > 0 ? ids : [focused() ?? []].flat()),
      },
    ],
    keys && open.length > 0,
  );
  useShortcuts("Selected alerts", [{ keys: "Escape", label: "Clear the selection", run: clear }], keys && ids.length > 0);
  const all = () => {
    for (const { id } of open) if (!has(id)) toggle(id);
  };
  return { has, toggle, clear, ids, open: open.length, all, take, busy: acknowledgeMany.isPending };
}

function outcomeOf({ results, acknowledged, refused }: AcknowledgedAlerts): Parameters<typeof toast>[0] {
  const taken = acknowledged === 1 ? "Acknowledged." : `${acknowledged.toLocaleString("en")} alerts acknowledged.`;
  if (refused === 0) return { text: taken, tone: "good" };
  const why = results.find(({ error }) => error !== null)?.error?.message ?? "";
  const left = refused === 1 ? why : `${refused.toLocaleString("en")} were not acknowledged, the first because: ${why}`;
  return { text: acknowledged === 0 ? left : `${taken} ${left}`, tone: "bad" };
}
