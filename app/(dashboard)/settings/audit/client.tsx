"use client";
import { ScrollText, ShieldCheck } from "lucide-react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { BackTitle } from "@/components/layout/back-title";
import { PageHeader } from "@/components/layout/page-header";
import { AuditTable } from "@/components/settings/audit/audit-table";
import { AuditVerdictBox } from "@/components/settings/audit/audit-verdict";
import { Section } from "@/components/settings/section";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { SelectField } from "@/components/ui/field";
import { Needs } from "@/components/ui/needs";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useAudit } from "@/lib/client/hooks/use-audit";
import { type AuditNoun, auditNouns, nounWords } from "@/lib/core/audit/actions";

export function AuditClient() {
  return (
    <>
      <PageHeader title={<BackTitle href="/settings" to="the settings" title="Audit log" />} />
      <div data-place="audit" className="min-h-0 flex-1 overflow-y-auto border-t">
        <div className="mx-auto flex max-w-5xl flex-col gap-4 px-4 py-6">
          <Needs scope="admin" otherwise={(refusal) => <p className="text-muted">{refusal}</p>}>
            <Log />
          </Needs>
        </div>
      </div>
    </>
  );
}

function Log() {
  const [about, setAbout] = useQueryState("about", parseAsStringLiteral(auditNouns));
  const { list, check } = useAudit(about);
  const entries = list.data?.pages.flatMap((page) => page.entries);
  return (
    <>
      <Section
        title="Actions"
        hint="What people and keys did, except sending events. Each entry is chained to the one before, so a change made in the database cannot be hidden."
        action={
          <Button disabled={check.isPending} onClick={() => check.mutate()}>
            <ShieldCheck aria-hidden size={14} />
            {check.isPending ? "Verifying" : "Verify log"}
          </Button>
        }
      >
        {check.error && <ErrorState className="mb-3" title="The log could not be verified." error={check.error} />}
        {check.data && <AuditVerdictBox verdict={check.data} />}
        <SelectField
          label="Type"
          className="mb-3 w-56"
          value={about ?? ""}
          onChange={(event) => void setAbout(auditNouns.find((noun) => noun === event.target.value) ?? null)}
        >
          <option value="">Everything</option>
          {auditNouns.map((noun) => (
            <option key={noun} value={noun}>
              {nounWords[noun]}
            </option>
          ))}
        </SelectField>
        {list.error && (
          <ErrorState className="mb-3" title="The audit log could not be loaded." error={list.error} onRetry={() => void list.refetch()} />
        )}
        {list.isPending && <SkeletonRows rows={8} className="rounded-box border bg-panel" />}
        {entries && (entries.length === 0 ? <Nothing about={about} /> : <AuditTable entries={entries} />)}
      </Section>
      {list.hasNextPage && (
        <Button className="self-center" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  );
}

function Nothing({ about }: { readonly about: AuditNoun | null }) {
  return (
    <EmptyState icon={ScrollText} title={about === null ? "No actions yet" : "No actions of this type yet"}>
      Decisions, run control, and changes to keys, sources, webhooks, budgets, alerts and prices are listed here as they happen.
    </EmptyState>
  );
}
