import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/figures";
import { Link } from "@/components/ui/link";
import { SafeText } from "@/components/ui/safe-text";
import { actionWords, nounOf } from "@/lib/core/audit/actions";
import type { AuditEntry } from "@/lib/core/audit/entry";
import { shortenMiddle } from "@/lib/core/format/shorten-middle";

/** Who did what to what, newest first. */
export function AuditTable({ entries }: { readonly entries: readonly AuditEntry[] }) {
  return (
    <div className="rounded-box border bg-panel">
      <table aria-label="Audit log" className="w-full table-fixed text-left">
        <thead className="text-faint text-meta">
          <tr className="border-b [&>th]:h-8 [&>th]:px-3 [&>th]:font-normal">
            <th className="w-14 text-right max-md:hidden">No.</th>
            <th className="w-44 max-md:hidden">Who</th>
            <th>What</th>
            <th className="w-24 text-right">When</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <EntryRow key={entry.seq} entry={entry} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const actorHints = {
  session: "in a browser",
  local: "by a command on the server's machine",
  key: "by an API key",
  member: "a member",
} as const;
const actorMarks = { session: null, local: "tool", key: "key", member: null } as const;

function EntryRow({ entry }: { readonly entry: AuditEntry }) {
  const { seq, actor, action, detail, outcome, at, requestId } = entry;
  return (
    <tr className="border-b align-baseline last:border-b-0 [&>td]:px-3 [&>td]:py-1.5">
      <td className="figures text-right text-faint max-md:hidden">{seq}</td>
      <td className="max-md:hidden">
        <Who actor={actor} />
      </td>
      <td className="break-words">
        <span className="md:hidden">
          <Who actor={actor} />
        </span>
        <span className="text-muted" title={`${action}, request ${requestId}`}>
          {actionWords(action)}
        </span>
        <Subject entry={entry} />
        {detail !== null && (
          <span className="text-muted">
            {": "}
            <SafeText text={detail} clamp={300} />
          </span>
        )}
        {outcome === "unknown" && (
          <Badge tone="waiting" className="ml-2" title="The server stopped before it could record the outcome.">
            outcome unknown
          </Badge>
        )}
      </td>
      <td className="whitespace-nowrap text-right text-muted">
        <RelativeTime at={at} />
      </td>
    </tr>
  );
}

function Who({ actor }: Pick<{ readonly actor: AuditEntry["actor"] }, "actor">) {
  return (
    <span className="flex min-w-0 items-baseline gap-1.5" title={`${actor.name}, ${actorHints[actor.kind]}`}>
      <span className="truncate font-medium">
        <SafeText text={actor.name.slice(0, 120)} />
      </span>
      <span className="text-faint text-meta">{actorMarks[actor.kind]}</span>
    </span>
  );
}

/** Where what it is about can be seen. */
const placeOf: Readonly<Record<string, (id: string) => string>> = {
  run: (id) => `/runs/${encodeURIComponent(id)}`,
  approval: (id) => `/approvals?id=${encodeURIComponent(id)}`,
};

function Subject({ entry: { action, subject } }: { readonly entry: AuditEntry }) {
  const name = subject.name === null ? subject.id && shortenMiddle(subject.id, 18) : subject.name;
  if (!name) return null;
  const words = (
    <span title={subject.id ?? undefined} className={subject.name === null ? "font-code" : "font-medium"}>
      <SafeText text={name} clamp={120} />
    </span>
  );
  const place = subject.id === null ? undefined : placeOf[nounOf(action)]?.(subject.id);
  return (
    <>
      {" "}
      {place === undefined ? (
        words
      ) : (
        <Link href={place} className="text-accent hover:underline">
          {words}
        </Link>
      )}
    </>
  );
}
