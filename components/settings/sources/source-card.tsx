"use client";
import { Plus } from "lucide-react";
import type { ReactNode } from "react";
import { DialectBadge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/figures";
import { SafeText } from "@/components/ui/safe-text";
import type { Source, SourceTest } from "@/lib/core/api/source";
import { dialectLabels } from "@/lib/core/dialect";

type SourceCardProps = {
  readonly source: Source;
  readonly test: { readonly pending: boolean; readonly result: SourceTest | null; readonly error: Error | null; readonly run: () => void };
  readonly onEdit: () => void;
  readonly onFollow: () => void;
  readonly onDelete: () => void;
  /** Its streams. */
  readonly children: ReactNode;
};

/** Where runs come from: how it is reached, what it can be told, what of it is followed. */
export function SourceCard({ source, test, onEdit, onFollow, onDelete, children }: SourceCardProps) {
  const { address } = source;
  return (
    <li className="rounded-box border bg-panel" aria-label={`${dialectLabels[source.dialect]}, ${source.name}`}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-3 py-2">
        <DialectBadge dialect={source.dialect} />
        <span className="min-w-0 truncate font-medium">
          <SafeText text={source.name} />
        </span>
        {source.environment !== null && (
          <span className="max-w-40 truncate rounded-row bg-inset px-1.5 text-meta text-muted" title="Environment">
            <SafeText text={source.environment} />
          </span>
        )}
        <span className="min-w-0 truncate text-meta text-muted" title={address ?? undefined}>
          {address === null ? "sends here; no URL" : <SafeText text={address} />}
        </span>
        <span className="ml-auto text-meta text-muted">
          <RelativeTime at={source.lastEventAt} missing="no event yet" />
        </span>
        <span className="flex flex-wrap gap-1 max-sm:w-full">
          {address !== null && (
            <Button size="small" disabled={test.pending} onClick={test.run}>
              {test.pending ? "Testing" : "Test"}
            </Button>
          )}
          <Button size="small" onClick={onEdit}>
            Edit
          </Button>
          <Button size="small" onClick={onFollow}>
            <Plus aria-hidden size={13} />
            Follow a stream
          </Button>
          {(address !== null || source.hasToken || source.streams.length > 0) && (
            <Button size="small" look="danger" onClick={onDelete}>
              Disconnect
            </Button>
          )}
        </span>
      </div>
      <Told source={source} test={test} />
      {children}
    </li>
  );
}

function inWords(calls: number): string {
  return `${calls.toLocaleString("en")} ${calls === 1 ? "call" : "calls"}`;
}

function Told({ source, test }: Pick<SourceCardProps, "source" | "test">) {
  const { decides, controls, calls, address, hasToken } = source;
  const can = [...(decides ? ["decisions"] : []), ...controls].join(", ");
  const said = test.error?.message ?? test.result?.error ?? null;
  if (address === null) return null;
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 px-3 pb-2 text-meta text-muted">
      <span>{can === "" ? "Its endpoint accepts neither decisions nor control." : `Its endpoint accepts: ${can}.`}</span>
      {!hasToken && <span>No token.</span>}
      {calls.pending > 0 && <span className="text-waiting">{inWords(calls.pending)} pending</span>}
      {calls.failed > 0 && <span className="text-failed">{inWords(calls.failed)} failed</span>}
      <span role="status">
        {said !== null && <span className="text-failed">{said}</span>}
        {said === null && test.result && (
          <span className="text-succeeded">
            Responded {test.result.status} in {test.result.durationMs} ms
          </span>
        )}
      </span>
    </p>
  );
}
