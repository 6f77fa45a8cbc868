import { LookBack } from "@/components/ui/look-back";
import type { AlertPreview } from "@/lib/core/alerts/preview";
import { levelLooks } from "./alert-looks";

type RulePreviewProps = { readonly preview: AlertPreview | null; readonly error: Error | null; readonly stale: boolean };

/** How often a rule would have fired in the last seven days, and when. */
export function RulePreview({ preview, error, stale }: RulePreviewProps) {
  const said = preview ? sentence(preview) : "Fill in the rule to see how often it would have fired.";
  const times = preview?.times.map(({ worst, ...time }) => ({ ...time, word: levelLooks[worst].word, worst: worst === "alert" })) ?? [];
  return <LookBack said={said} past={preview && { ...preview, times }} error={error} stale={stale} />;
}

function sentence({ fired, alerts }: AlertPreview): string {
  if (fired === 0) return "It would not have fired in the last 7 days.";
  const times = fired === 1 ? "once" : `${fired.toLocaleString("en")} times`;
  const warned = fired - alerts;
  return `It would have fired ${times} in the last 7 days${warned > 0 ? `, ${warned.toLocaleString("en")} of them only as a warning` : ""}.`;
}
