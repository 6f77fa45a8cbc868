"use client";
import { toast } from "@/components/ui/toast";
import { useNotices } from "@/lib/client/hooks/use-notices";
import type { AlertNewsEntry } from "@/lib/core/alerts/alert";
import { headlineOf, messageLines } from "@/lib/core/alerts/message";

type NoticesProps = {
  readonly alertsKnown: number;
  /** Opens a page of ours in this tab. */
  readonly onOpen: (href: string) => void;
};

/** Hears of alerts wherever one is, from the first moment: what draws the messages may come later, what is told comes once. */
export function Notices({ alertsKnown, onOpen }: NoticesProps) {
  const onAlert = (entry: AlertNewsEntry) => {
    const over = entry.step === "recovered";
    const text = [headlineOf(entry), ...messageLines(entry)].join(" · ");
    toast({ text, tone: over ? "good" : "bad", href: `/alerts?alert=${entry.alertId}` });
  };
  useNotices({ alertsKnown, onAlert, onOpen });
  return null;
}
