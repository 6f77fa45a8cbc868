"use client";
import { toast } from "@/components/ui/toast";
import { type Notice, useNotices } from "@/lib/client/hooks/use-notices";
import type { AlertNewsEntry } from "@/lib/core/alerts/alert";
import { alertsInSight } from "./alerts-in-sight";

type NoticesProps = {
  readonly alertsKnown: number;
  /** Opens a page of ours in this tab. */
  readonly onOpen: (href: string) => void;
};

/** Hears of alerts wherever one is, from the first moment: what draws the messages may come later, what is told comes once. */
export function Notices({ alertsKnown, onOpen }: NoticesProps) {
  const onAlert = ({ step }: AlertNewsEntry, { title, body, href }: Notice) => {
    const text = [title, ...body.split("\n")].filter((line) => line !== "").join(" · ");
    const isOver = step === "recovered";
    toast({ text, tone: isOver ? "good" : "bad", href, isSeen: !isOver && document.getElementById(alertsInSight) !== null });
  };
  useNotices({ alertsKnown, onAlert, onOpen });
  return null;
}
