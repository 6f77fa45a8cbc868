import { ShieldAlert, ShieldCheck } from "lucide-react";
import { CopyButton } from "@/components/ui/copy-button";
import type { AuditVerdict } from "@/lib/core/audit/entry";

const faultWords: Record<AuditVerdict["faults"][number]["fault"], string> = {
  changed: "is not as it was written",
  missing: "is missing",
  end: "was not the last one: later entries are gone",
  "other key": "was written with another secret.key or WATCHFLOOR_SECRET and cannot be verified",
};
const shownFaults = 12;

function headline(faults: AuditVerdict["faults"]): string {
  if (faults.length === 0) return "The log is intact.";
  if (faults.every(({ fault }) => fault === "other key")) return "Part of the log cannot be verified here.";
  return "The log was changed outside Watchfloor.";
}

/** What a check of the log found. */
export function AuditVerdictBox({ verdict: { intact, entries, last, faults } }: { readonly verdict: AuditVerdict }) {
  const Icon = intact ? ShieldCheck : ShieldAlert;
  return (
    <div role="status" className="mb-3 flex items-start gap-3 rounded-box border bg-panel p-3">
      <Icon aria-hidden size={16} className={`mt-0.5 shrink-0 ${intact ? "text-succeeded" : "text-failed"}`} />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{headline(faults)}</p>
        {intact && (
          <p className="text-muted">
            {`${entries.toLocaleString("en")} ${entries === 1 ? "entry" : "entries"}, none changed, moved or removed.`}
          </p>
        )}
        <ul className="text-muted">
          {faults.slice(0, shownFaults).map(({ seq, fault }) => (
            <li key={`${seq} ${fault}`}>{`Entry ${seq} ${faultWords[fault]}.`}</li>
          ))}
          {faults.length > shownFaults && <li>{`and ${faults.length - shownFaults} more`}</li>}
        </ul>
        {last && (
          <p className="mt-1 flex items-center gap-1 text-faint text-meta">
            <span className="truncate">
              {`Proof of entry ${last.seq}: `}
              <span className="font-code">{last.proof}</span>
            </span>
            <CopyButton text={last.proof} what="proof" />
          </p>
        )}
      </div>
    </div>
  );
}
