import { RelativeTime } from "@/components/ui/figures";
import { SafeText } from "@/components/ui/safe-text";
import type { AlertEntry } from "@/lib/core/alerts/alert";
import { stepWords } from "./alert-looks";

/** What became of an alert, newest first. */
export function AlertLog({ log }: { readonly log: readonly AlertEntry[] }) {
  return (
    <section aria-label="History">
      <h3 className="mb-1 font-medium">History</h3>
      <ol className="divide-y border-y">
        {log.map((entry) => (
          <li key={entry.n} className="flex flex-wrap gap-x-3 py-1.5">
            <span className="w-36">{stepWords[entry.step]}</span>
            <span className="min-w-0 flex-1 break-words text-muted">
              {entry.by !== null && <SafeText text={entry.by} />}
              {entry.note !== null && (
                <>
                  {entry.step === "muted" ? " until " : ": "}
                  {entry.step === "muted" ? <RelativeTime at={entry.note} /> : <SafeText text={entry.note} />}
                </>
              )}
              {entry.by === null && !entry.told && entry.step !== "ended" && "muted, nobody was notified"}
            </span>
            <RelativeTime at={entry.at} className="text-muted" />
          </li>
        ))}
      </ol>
    </section>
  );
}
