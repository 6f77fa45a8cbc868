"use client";
import { LogOut, Plus } from "lucide-react";
import { useRef, useState } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { ProjectList } from "@/components/projects/project-list";
import { About } from "@/components/settings/about";
import { Appearance } from "@/components/settings/appearance";
import { ApprovalPolicySection } from "@/components/settings/approval-policy";
import { KeyTable } from "@/components/settings/key-table";
import { BrowsersSection } from "@/components/settings/members/browsers-section";
import { MembersSection } from "@/components/settings/members/members-section";
import { NewKeyDialog } from "@/components/settings/new-key-dialog";
import { RedactionSection } from "@/components/settings/redaction/redaction-section";
import { Section } from "@/components/settings/section";
import { SectionLinks } from "@/components/settings/section-links";
import { SourcesSection } from "@/components/settings/sources/sources-section";
import { subjects } from "@/components/settings/subjects";
import { WebhooksSection } from "@/components/settings/webhooks/webhooks-section";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ErrorState } from "@/components/ui/error-state";
import { Link } from "@/components/ui/link";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { useMe } from "@/lib/client/hooks/use-me";
import { type ApiKey, useCreateKey, useHealth, useKeys, useRevokeKey, useSignOut } from "@/lib/client/hooks/use-project";
import { useProjects } from "@/lib/client/hooks/use-projects";
import { useRefusal } from "@/lib/client/hooks/use-refusal";

const forAdmins: ReadonlySet<string> = new Set(["API keys", "Sources", "Webhooks", "Replay", "Audit log"]);
const subjectsOfOthers = [...subjects.filter((subject) => !forAdmins.has(subject)), "For admins"];

export function SettingsClient() {
  const page = useRef<HTMLDivElement>(null);
  const me = useMe();
  const projects = useProjects();
  const health = useHealth();
  const signOut = useSignOut();
  const refusal = useRefusal("admin");
  return (
    <>
      <PageHeader title="Settings" />
      <div ref={page} data-place="settings" className="min-h-0 flex-1 overflow-y-auto border-t xl:flex xl:justify-center xl:gap-8 xl:pr-4">
        <SectionLinks titles={refusal === null ? subjects : subjectsOfOthers} within={page} />
        <div className="mx-auto flex min-w-0 max-w-4xl flex-col gap-10 px-4 py-6 md:py-8 xl:mx-0 xl:flex-1">
          {refusal === null && <KeysSection />}
          <MembersSection />
          <BrowsersSection />
          {refusal === null && (
            <>
              <SourcesSection />
              <WebhooksSection />
            </>
          )}
          <ApprovalPolicySection />
          <RedactionSection />
          <Section
            title="Prices"
            hint="The price each model is estimated at, your custom prices, and repricing of past estimates."
            action={
              <Link href="/settings/prices" className={buttonClass()}>
                Open prices
              </Link>
            }
          >
            {null}
          </Section>
          <Section title="Projects" hint="Each keeps the data of one team or environment separate from the rest.">
            <ProjectList projects={projects} currentId={me.data?.project.id ?? null} isOwner={me.data?.isOwner ?? false} />
          </Section>
          {refusal === null && (
            <Section
              title="Audit log"
              hint="Who created, changed, decided and revoked what, and whether the log has been tampered with."
              action={
                <Link href="/settings/audit" className={buttonClass()}>
                  Open audit log
                </Link>
              }
            >
              {null}
            </Section>
          )}
          <Section title="Appearance" hint="Applies to this browser only.">
            <Appearance />
          </Section>
          <Section
            title="About"
            hint="This server."
            action={
              <Button disabled={signOut.isPending} onClick={() => signOut.mutate()}>
                <LogOut aria-hidden size={14} />
                Sign out this browser
              </Button>
            }
          >
            <About
              who={me.data ?? null}
              version={health.data?.version ?? null}
              url={health.data?.url ?? null}
              retentionDays={health.data?.retentionDays ?? null}
              healthy={health.isPending ? null : health.data?.status === "ok"}
            />
          </Section>
          {refusal !== null && (
            <Section title="For admins" hint={`API keys, sources, webhooks, replays and the audit log. ${refusal}`}>
              {null}
            </Section>
          )}
        </div>
      </div>
    </>
  );
}

function KeysSection() {
  const keys = useKeys();
  const create = useCreateKey();
  const revoke = useRevokeKey();
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const revoked = ({ name }: ApiKey) => {
    setRevoking(null);
    toast({ text: `Key ${name} revoked.` });
  };
  return (
    <Section
      title="API keys"
      hint="For senders, the command line and your own tools. Each key can do only what its scopes allow."
      action={
        <Button look="solid" onClick={() => setMaking(true)}>
          <Plus aria-hidden size={14} />
          New key
        </Button>
      }
    >
      {keys.error && (
        <ErrorState className="mb-3" title="The keys could not be loaded." error={keys.error} onRetry={() => void keys.refetch()} />
      )}
      {keys.isPending && <SkeletonRows rows={3} className="rounded-box border bg-panel" />}
      {keys.data && <KeyTable keys={keys.data} onRevoke={setRevoking} />}
      {making && (
        <NewKeyDialog
          pending={create.isPending}
          error={create.error}
          made={create.data ?? null}
          onCreate={(key) => create.mutate(key)}
          onClose={() => {
            setMaking(false);
            if (create.data) toast({ text: `Key ${create.data.name} created.`, tone: "good" });
            create.reset();
          }}
        />
      )}
      {revoking && (
        <ConfirmDialog
          title={`Revoke "${revoking.name}"?`}
          description="Requests with this key are refused within seconds. What it sent stays. This cannot be undone."
          action="Revoke key"
          doing="Revoking"
          failed="The key could not be revoked."
          kept="It still works."
          mutation={revoke}
          onConfirm={() => revoke.mutate(revoking.id, { onSuccess: () => revoked(revoking) })}
          onClose={() => setRevoking(null)}
        />
      )}
    </Section>
  );
}
