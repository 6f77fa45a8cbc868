"use client";
import { toast } from "@/components/ui/toast";
import { useNotices } from "@/lib/client/hooks/use-notices";
import { figureWords, headlineOf } from "@/lib/core/alerts/message";

/** Hears of alerts wherever one is, from the first moment: what draws the messages may come later, what is told comes once. */
export function Notices({ alertsKnown }: { readonly alertsKnown: number }) {
  useNotices(alertsKnown, (entry) => {
    const over = entry.step === "recovered";
    const text = [headlineOf(entry), entry.about, over ? null : figureWords(entry)].filter((part) => part !== null).join(" · ");
    toast({ text, tone: over ? "good" : "bad", href: `/alerts?alert=${entry.alertId}` });
  });
  return null;
}
