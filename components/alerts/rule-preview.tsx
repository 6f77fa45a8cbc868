import { RelativeTime } from "@/components/ui/figures";
import { SafeText } from "@/components/ui/safe-text";
import type { AlertPreview } from "@/lib/core/alerts/preview";
import { levelLooks } from "./alert-looks";

type RulePreviewProps = { readonly preview: AlertPreview | null; readonly error: Error | null; readonly stale: boolean };

const told = 3;

/** How often a rule would have fired in the last seven days, and when. */
export function RulePreview({ preview, error, stale }: RulePreviewProps) {
  return (
    <section aria-label="Look back" aria-busy={stale} className="rounded-box border bg-inset p-3">
      <p role="status" className="font-medium">
        {error ? error.message : preview ? sentence(preview) : "Fill in the rule to see how often it would have fired."}
      </p>
      {preview && !error && (
        <>
          <Marks preview={preview} />
          <ul className="mt-1 text-meta text-muted">
            {preview.times.slice(0, told).map(({ at, worst, about }) => (
              <li key={`${at} ${about}`} className="truncate">
                {levelLooks[worst].word} <RelativeTime at={at} />
                {about !== null && (
                  <>
                    , <SafeText text={about} />
                  </>
                )}
              </li>
            ))}
            <li>{preview.basis}</li>
          </ul>
        </>
      )}
    </section>
  );
}

function sentence({ fired, alerts }: AlertPreview): string {
  if (fired === 0) return "It would not have fired in the last 7 days.";
  const times = fired === 1 ? "once" : `${fired.toLocaleString("en")} times`;
  const warned = fired - alerts;
  return `It would have fired ${times} in the last 7 days${warned > 0 ? `, ${warned.toLocaleString("en")} of them only as a warning` : ""}.`;
}

/** Seven days from left to right, a stroke for each time. */
function Marks({ preview }: { readonly preview: AlertPreview }) {
  const [from, to] = [Date.parse(preview.from), Date.parse(preview.to)];
  return (
    <svg aria-hidden viewBox="0 0 700 16" preserveAspectRatio="none" className="mt-2 h-4 w-full">
      <path d="M0 15.5H700" className="stroke-line-strong" vectorEffect="non-scaling-stroke" />
      {preview.times.map(({ at, worst, about }) => (
        <path
          key={`${at} ${about}`}
          d={`M${((Date.parse(at) - from) / (to - from)) * 700} ${worst === "alert" ? 1 : 7}V15`}
          className={worst === "alert" ? "stroke-failed" : "stroke-waiting"}
          strokeWidth="2"
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  );
}
