"use client";
import { useRef, useSyncExternalStore } from "react";
import { onToasts, type ShownToast, shownToasts, toast } from "@/components/ui/toast";
import { Toasts } from "@/components/ui/toasts";
import { useNotices } from "@/lib/client/hooks/use-notices";
import { useShortcuts } from "@/lib/client/hooks/use-shortcuts";
import { figureWords, headlineOf } from "@/lib/core/alerts/message";

const none: readonly ShownToast[] = [];

/** What the shell says by itself: results of what was done, and alerts wherever one is. */
export function Messages() {
  const place = useRef<HTMLElement>(null);
  const toasts = useSyncExternalStore(onToasts, shownToasts, () => none);
  useShortcuts("Messages", [{ keys: "F6", label: "Go to the messages in the corner", run: () => place.current?.focus() }]);
  useNotices((entry) => {
    const over = entry.step === "recovered";
    const text = [headlineOf(entry), entry.about, over ? null : figureWords(entry)].filter((part) => part !== null).join(" · ");
    toast({ text, tone: over ? "good" : "bad", href: `/alerts?alert=${entry.alertId}` });
  });
  return <Toasts toasts={toasts} place={place} />;
}
