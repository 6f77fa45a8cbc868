import { BellOff, BellRing, CircleCheck, CircleHelp, type LucideIcon, TriangleAlert } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import type { AlertKind, AlertLevel, AlertStep } from "@/lib/core/alerts/words";

type Look = { readonly word: string; readonly icon: LucideIcon; readonly tone: string };

/** What each level looks like and is called, everywhere. */
export const levelLooks: Readonly<Record<AlertLevel, Look>> = {
  ok: { word: "Ended", icon: CircleCheck, tone: "text-succeeded" },
  warning: { word: "Warning", icon: TriangleAlert, tone: "text-waiting" },
  alert: { word: "Alert", icon: BellRing, tone: "text-failed" },
  "no-data": { word: "No data", icon: CircleHelp, tone: "text-ended" },
};
const mutedLook: Look = { word: "Muted", icon: BellOff, tone: "text-ended" };

export const kindWords: Readonly<Record<AlertKind, string>> = {
  "run-failed": "Failed runs",
  "error-rate": "Error rate",
  waiting: "Waiting for a human",
  stalled: "Stalled run",
  "no-data": "No data from a source",
  "budget-crossed": "Budget crossed",
};

export const stepWords: Readonly<Record<AlertStep, string>> = {
  fired: "Fired",
  escalated: "Worse",
  eased: "Improved",
  "no-data": "No data",
  recovered: "Recovered",
  reminded: "Sent after mute",
  acknowledged: "Acknowledged",
  muted: "Muted",
  unmuted: "Unmuted",
  ended: "Ended with its rule",
};

type LevelTextProps = { readonly level: AlertLevel; readonly muted?: boolean; readonly className?: string };

/** Colour, icon and word of a level; a muted alert says so in its place. */
export function LevelText({ level, muted = false, className }: LevelTextProps) {
  const { word, icon: Icon, tone } = muted ? mutedLook : levelLooks[level];
  return (
    <span className={classNames("inline-flex items-center gap-1.5 whitespace-nowrap", tone, className)}>
      <Icon aria-hidden size={16} strokeWidth={1.75} className="shrink-0" />
      {word}
    </span>
  );
}
