"use client";
import { Infinity as Forever, ShieldCheck } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Money } from "@/components/ui/figures";
import { SafeText } from "@/components/ui/safe-text";
import { useStanding } from "@/lib/client/hooks/use-standing";
import type { Standing } from "@/lib/core/standing/standing";
import { TimeLeft } from "../time-left";
import { argumentWords } from "./standing-words";

/** What nobody is asked about now, each with what is left of it and the means to take it back. Nothing where nothing is. */
export function StandingChips({ run }: { readonly run: string | null }) {
  const { list, revoke } = useStanding(run);
  if (!list.data || list.data.length === 0) return null;
  return (
    <section aria-label="Standing approvals" className="shrink-0 border-b bg-panel px-4 py-2">
      <ul className="flex flex-wrap gap-2">
        {list.data.map((standing) => (
          <Chip
            key={standing.id}
            standing={standing}
            inRun={run !== null}
            pending={revoke.isPending}
            onRevoke={() => revoke.mutate(standing.id)}
          />
        ))}
      </ul>
      {revoke.error && <p className="mt-1 text-failed">It could not be revoked: {revoke.error.message}</p>}
    </section>
  );
}

type ChipProps = { readonly standing: Standing; readonly inRun: boolean; readonly pending: boolean; readonly onRevoke: () => void };

function Chip({ standing, inRun, pending, onRevoke }: ChipProps) {
  const { tool, uses, maxUses, maxNanos, spentNanos, endsAt, createdBy, scope, run, agent } = standing;
  const left = maxUses - uses;
  return (
    <li
      title={`Allowed by ${createdBy}:\n${argumentWords(standing).join("\n")}`}
      className="flex min-w-0 max-w-full flex-wrap items-center gap-x-2.5 gap-y-1 rounded-box border bg-inset py-0.5 pr-0.5 pl-2"
    >
      {scope === "run" ? (
        <ShieldCheck aria-hidden size={14} className="text-succeeded" />
      ) : (
        <Forever aria-hidden size={14} className="text-succeeded" />
      )}
      <span className="max-w-60 truncate font-code font-medium">
        <SafeText text={tool.slice(0, 80)} />
      </span>
      <span className="max-w-72 truncate text-muted">
        <SafeText text={argumentWords(standing).join(", ").slice(0, 100)} />
      </span>
      {!inRun && (
        <span className="max-w-48 truncate text-faint">
          in <SafeText text={(scope === "run" ? run.name : `every run of ${agent ?? ""}`).slice(0, 60)} />
        </span>
      )}
      <span className="figures whitespace-nowrap">
        {left.toLocaleString("en")} {left === 1 ? "use" : "uses"} left
      </span>
      {maxNanos !== null && (
        <span className="whitespace-nowrap">
          <Money nanos={Math.max(0, maxNanos - spentNanos)} /> left
        </span>
      )}
      <TimeLeft expiresAt={endsAt} />
      <Button
        size="small"
        look="quiet"
        needs="decide"
        disabled={pending}
        aria-label={`Revoke standing approval for ${tool}`}
        onClick={onRevoke}
      >
        Revoke
      </Button>
    </li>
  );
}
