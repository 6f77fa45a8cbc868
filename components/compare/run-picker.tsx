"use client";
import { Search } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { BareButton } from "@/components/ui/bare-button";
import { ErrorState } from "@/components/ui/error-state";
import { RelativeTime } from "@/components/ui/figures";
import { SafeText } from "@/components/ui/safe-text";
import { SkeletonRows } from "@/components/ui/skeleton";
import { StatusIcon } from "@/components/ui/status";
import { useRunChoices } from "@/lib/client/hooks/use-run-choices";
import { SideMark } from "./compare-figures";

type RunPickerProps = {
  readonly side: "A" | "B";
  /** Why there is nothing to show yet. */
  readonly reason: string;
  /** The other run: its agent's runs are offered first, and it is not offered itself. */
  readonly besides: { readonly id: string; readonly agent: string | null } | null;
  readonly onChoose: (runId: string) => void;
};

/** Chooses a run by its name: the latest of the same agent, or what the typed letters find. */
export function RunPicker({ side, reason, besides, onChoose }: RunPickerProps) {
  const [text, setText] = useState("");
  const { data: found, error, refetch, isPending } = useRunChoices(useDeferredValue(text.trim()), besides?.agent ?? null);
  const runs = found?.filter(({ id }) => id !== besides?.id) ?? [];
  return (
    <section aria-label={`Choose run ${side}`} className="mx-auto w-full max-w-2xl px-4 py-8">
      <h2 className="font-semibold text-title">
        <SideMark side={side} />
        {reason}
      </h2>
      <label className="mt-3 flex h-9 items-center gap-2 rounded-box border bg-panel px-3 text-muted focus-within:border-line-strong">
        <Search aria-hidden size={14} className="shrink-0 text-faint" />
        <input
          type="search"
          aria-label={`Find run ${side}`}
          placeholder="Find a run by its name or id"
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="min-w-0 flex-1 bg-transparent text-ink outline-none max-md:text-[16px]"
        />
      </label>
      <p className="mt-4 mb-1 text-faint text-meta">
        {text.trim() !== "" ? "Found" : besides?.agent ? "Latest runs of the same agent" : "Latest runs"}
      </p>
      {error ? (
        <ErrorState title="The runs could not be loaded." error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <SkeletonRows rows={6} />
      ) : (
        <ul className="rounded-box border bg-panel empty:hidden">
          {runs.map((run) => (
            <li key={run.id} className="border-b last:border-b-0">
              <BareButton
                onClick={() => onChoose(run.id)}
                className="flex min-h-9 w-full items-center gap-2.5 px-3 text-left outline-offset-[-2px] hover:bg-hover pointer-coarse:min-h-11"
              >
                <StatusIcon status={run.status} />
                <span className="min-w-0 flex-1 truncate">
                  <SafeText text={run.name.slice(0, 160)} />
                </span>
                <span className="hidden max-w-40 truncate font-code text-faint sm:block">
                  <SafeText text={run.externalId} />
                </span>
                <RelativeTime at={run.startedAt ?? run.createdAt} className="text-faint text-meta" />
              </BareButton>
            </li>
          ))}
        </ul>
      )}
      {found && runs.length === 0 && (
        <p className="text-muted">{text.trim() === "" ? "There are no runs to choose from yet." : "No other run has that name or id."}</p>
      )}
    </section>
  );
}
