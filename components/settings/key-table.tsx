"use client";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/figures";
import { SafeText } from "@/components/ui/safe-text";
import type { ApiKey } from "@/lib/client/hooks/use-project";
import { scopeWords } from "./scope-words";

type KeyTableProps = { readonly keys: readonly ApiKey[]; readonly onRevoke: (key: ApiKey) => void };

export function KeyTable({ keys, onRevoke }: KeyTableProps) {
  if (keys.length === 0)
    return (
      <p className="rounded-box border bg-panel p-3 text-muted">
        No keys yet. Anything that sends events needs one with the ingest scope. Create it with New key.
      </p>
    );
  return (
    <div className="overflow-x-auto rounded-box border bg-panel">
      <table aria-label="API keys" className="w-full text-left max-lg:table-fixed">
        <thead className="text-faint text-meta">
          <tr className="border-b [&>th]:h-8 [&>th]:px-3 [&>th]:font-normal">
            <th>Name</th>
            <th className="max-lg:hidden">Starts with</th>
            <th className="max-lg:hidden">Scopes</th>
            <th className="text-right max-lg:w-24">Last used</th>
            <th className="text-right max-lg:hidden">Created</th>
            <th className="max-lg:w-22">
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
    <tr className="border-b last:border-b-0 [&>td]:h-9 [&>td]:px-3 max-lg:[&>td]:py-2">
      <td className="max-w-56">
        <span className="block truncate font-medium" title={entry.name}>
          <SafeText text={entry.name} />
        </span>
        <span className="mt-0.5 flex flex-col gap-1 lg:hidden">
          <Prefix of={entry} />
          <Scopes of={entry} />
        </span>
      </td>
      <td className="max-lg:hidden">
        <Prefix of={entry} />
      </td>
      <td className="max-lg:hidden">
        <Scopes of={entry} />
      </td>
      <td className="text-right">
        <RelativeTime at={entry.lastUsedAt} missing="never used" />
      </td>
      <td className="text-right text-muted max-lg:hidden">
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

function Prefix({ of }: { readonly of: ApiKey }) {
  return <span className="font-code text-muted">{of.prefix}…</span>;
}

function Scopes({ of }: { readonly of: ApiKey }) {
  return (
    <span className="flex flex-wrap gap-1">
      {of.scopes.map((scope) => (
        <Badge key={scope} title={scopeWords[scope]}>
          {scope}
        </Badge>
      ))}
    </span>
  );
}
