"use client";
import { useState } from "react";
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
  /** How many nobody has or is about to. */
  readonly open: number;
  readonly all: () => void;
  readonly take: (ids: readonly string[]) => void;
  /** It is being taken. */
  readonly busy: (id: string) => boolean;
};

/** Ticks alerts that nobody has and takes them, one or many; `keys` = its keys work. */
export function useAlertMarks(alerts: readonly Alert[], keys: boolean): AlertMarks {
  const [taking, setTaking] = useState<readonly string[]>([]);
  const busy = (id: string) => taking.includes(id);
  const open = alerts.filter(({ id, acknowledged }) => acknowledged === null && !busy(id));
  const marked = useMarked(open);
  const { toggle, clear } = marked;
  const { acknowledgeMany } = useAlertActs();
  const refusal = useRefusal("decide");
  const ids = open.filter(({ id }) => marked.has(id)).map(({ id }) => id);
  const has = (id: string) => ids.includes(id);
  const focused = () => open.find(({ id }) => document.activeElement?.id === alertRowId(id))?.id;
  /** One behind the other, or several at once: nobody waits for the answer to the last one before taking the next. */
  const take = (asked: readonly string[]) => {
    const wanted = asked.filter((id) => !busy(id));
    if (wanted.length === 0) return;
    if (refusal !== null) return toast({ text: refusal });
    const from = document.activeElement;
    const row = from?.closest("li")?.querySelector<HTMLElement>(`[id^="${alertRowId("")}"]`);
    setTaking((before) => [...before, ...wanted]);
    // It is answered once the list is read anew.
    acknowledgeMany
      .mutateAsync({ alerts: wanted })
      .then(
        (reply) => toast(outcomeOf(reply)),
        (error: Error) => toast({ text: `No alert was acknowledged: ${error.message}`, tone: "bad" }),
      )
      .finally(() => {
        setTaking((before) => before.filter((id) => !wanted.includes(id)));
        // Its button goes away with what it did: who pressed it goes on from the row, unless the keyboard is elsewhere by now.
        if (document.activeElement === from || document.activeElement === document.body) row?.focus();
      });
  };
  const mark = () => {
    const id = focused();
    if (id !== undefined) toggle(id);
  };
  useShortcuts(
    "Active alerts",
    [
      { keys: "x", label: "Select the alert", run: mark },
      {
        keys: "a",
        label: "Acknowledge the selected alerts, or the focused one",
        run: () => take(ids.length > 0 ? ids : [focused() ?? []].flat()),
      },
    ],
    keys && open.length > 0,
  );
  useShortcuts("Selected alerts", [{ keys: "Escape", label: "Clear selection", run: clear }], keys && ids.length > 0);
  const all = () => {
    for (const { id } of open) if (!marked.has(id)) toggle(id);
  };
  return { has, toggle, clear, ids, open: open.length, all, take, busy };
}

function outcomeOf({ results, acknowledged, refused }: AcknowledgedAlerts): Parameters<typeof toast>[0] {
  const taken = acknowledged === 1 ? "Acknowledged." : `${acknowledged.toLocaleString("en")} alerts acknowledged.`;
  if (refused === 0) return { text: taken, tone: "good" };
  const why = results.find(({ error }) => error !== null)?.error?.message ?? "";
  const left = refused === 1 ? why : `${refused.toLocaleString("en")} could not be acknowledged. The first: ${why}`;
  return { text: acknowledged === 0 ? left : `${taken} ${left}`, tone: "bad" };
}
