import { CircleCheck, CircleDashed, CirclePause, CircleX, Hourglass, Radio } from "lucide-react";
import type { Look } from "@/components/ui/look-text";
import type { SourceStream } from "@/lib/core/api/source";

export const streamLooks: Record<SourceStream["state"], Look> = {
  live: { word: "Live", icon: Radio, tone: "text-succeeded" },
  connecting: { word: "Connecting", icon: CircleDashed, tone: "text-running" },
  waiting: { word: "Reconnecting", icon: Hourglass, tone: "text-waiting" },
  paused: { word: "Paused", icon: CirclePause, tone: "text-paused" },
  ended: { word: "Ended", icon: CircleCheck, tone: "text-ended" },
  failed: { word: "Failed", icon: CircleX, tone: "text-failed" },
};
