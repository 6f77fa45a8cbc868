"use client";
import { KeyRound } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/figures";
import { SafeText } from "@/components/ui/safe-text";
import type { ApiKey } from "@/lib/client/hooks/use-project";
import { scopeWords } from "./scope-words";

type KeyTableProps = { readonly keys: readonly ApiKey[]; readonly onRevoke: (key: ApiKey) => void };

export function KeyTable({ keys, onRevoke }: KeyTableProps) {
  if (keys.length === 0)
    return (
      <div className="rounded-box border bg-panel">
        <EmptyState icon={KeyRound} title="No keys yet">
          A sender needs one with the scope to send events. Make it above.
        </EmptyState>
      </div>
    );
  return (
    <div className="overflow-x-auto rounded-box border bg-panel">
      <table className="w-full text-left">
        <thead className="text-faint text-meta">
          <tr className="border-b [&>th]:h-8 [&>th]:px-3 [&>th]:font-normal">
            <th>Name</th>
            <th>Begins with</th>
            <th>Scopes</th>
            <th className="text-right">Last used</th>
            <th className="text-right">Made</th>
            <th>
              <span className="sr-only">Revoke</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <KeyRow key={key.id} entry={key} onRevoke={onRevoke} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function KeyRow({ entry, onRevoke }: { readonly entry: ApiKey; readonly onRevoke: (key: ApiKey) => void }) {
  return (
    <tr className="border-b last:border-b-0 [&>td]:h-9 [&>td]:px-3">
      <td className="max-w-56 truncate font-medium">
        <SafeText text={entry.name} />
      </td>
      <td className="font-code text-muted">{entry.prefix}…</td>
      <td>
        <span className="flex gap-1">
          {entry.scopes.map((scope) => (
            <Badge key={scope} title={scopeWords[scope]}>
              {scope}
            </Badge>
          ))}
        </span>
      </td>
      <td className="text-right">
        <RelativeTime at={entry.lastUsedAt} missing="never used" />
      </td>
      <td className="text-right text-muted">
        <RelativeTime at={entry.createdAt} />
      </td>
      <td className="w-px text-right">
        <Button size="small" look="danger" aria-label={`Revoke ${entry.name}`} onClick={() => onRevoke(entry)}>
          Revoke
        </Button>
      </td>
    </tr>
  );
}
