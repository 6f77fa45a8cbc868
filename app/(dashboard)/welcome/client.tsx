"use client";
import { Send } from "lucide-react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import type { ReactNode } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Tabs } from "@/components/ui/tabs";
import { useOrigin } from "@/components/ui/use-origin";
import { CodeBlock } from "@/components/welcome/code-block";
import { DemoSwitch } from "@/components/welcome/demo-switch";
import { KeyStep } from "@/components/welcome/key-step";
import { ListeningLight } from "@/components/welcome/listening-light";
import { doorPath, sampleEvents, sampleRun } from "@/components/welcome/sample-events";
import { keyPlaceholder, type SnippetKind, snippetKinds, snippetOf, snippetTitle } from "@/components/welcome/snippets";
import { useConnection } from "@/lib/client/hooks/use-connection";
import { useLatestHeard } from "@/lib/client/hooks/use-latest-heard";
import { useRenderedAt } from "@/lib/client/hooks/use-now";
import { useCreateKey, useDemo } from "@/lib/client/hooks/use-project";
import { useSendEvents } from "@/lib/client/hooks/use-send-events";
import type { RunSummary } from "@/lib/core/api/run";

const kindParser = parseAsStringLiteral(snippetKinds).withDefault("shannon");

type WelcomeClientProps = {
  /** The project's newest run when the page was opened; null = it has none. */
  readonly newest: RunSummary | null;
};

export function WelcomeClient({ newest }: WelcomeClientProps) {
  const [kind, setKind] = useQueryState("dialect", kindParser);
  const openedAt = new Date(useRenderedAt());
  const origin = useOrigin();
  const create = useCreateKey();
  const latest = useLatestHeard();
  const connection = useConnection();
  const demo = useDemo();
  const secret = create.data?.key ?? null;
  const place = { origin, key: secret ?? keyPlaceholder, at: openedAt };
  return (
    <>
      <PageHeader title="Connect an agent" />
      <div className="min-h-0 flex-1 overflow-y-auto border-t">
        <div className="mx-auto flex max-w-3xl flex-col gap-8 px-4 py-6 md:py-10">
          <ListeningLight latest={latest} before={newest} connected={connection.status === "live"} />
          <Step number={1} title="Create a key" hint="Your agents send it with their events.">
            <KeyStep
              secret={secret}
              pending={create.isPending}
              error={create.error}
              onCreate={() => create.mutate({ name: `Sender, ${openedAt.toISOString().slice(0, 10)}`, scopes: ["ingest"] })}
            />
          </Step>
          <Step number={2} title="Send events" hint="In your system's own format: nothing to install, nothing to rename.">
            <Tabs
              className="mt-2"
              label="System"
              value={kind}
              onChange={(next) => void setKind(next)}
              items={snippetKinds.map((each) => ({
                value: each,
                label: snippetTitle(each),
                content: <CodeBlock code={snippetOf(each, place)} what={`the ${snippetTitle(each)} command`} />,
              }))}
            />
            <SendTest kind={kind} secret={secret} />
          </Step>
          <Step
            number={3}
            title="No agent at hand?"
            hint="Demo agents from all five systems run, fail, wait for a human and spend demo money."
          >
            <div className="mt-3">
              <DemoSwitch
                running={demo.running}
                pending={demo.start.isPending || demo.stop.isPending}
                error={demo.start.error ?? demo.stop.error}
                onStart={() => demo.start.mutate()}
                onStop={() => demo.stop.mutate()}
              />
            </div>
          </Step>
        </div>
      </div>
    </>
  );
}

type StepProps = { readonly number: number; readonly title: string; readonly hint: string; readonly children: ReactNode };

function Step({ number, title, hint, children }: StepProps) {
  return (
    <section className="flex gap-4">
      <span
        aria-hidden
        className="figures flex size-6 shrink-0 items-center justify-center rounded-full border text-meta text-muted max-sm:hidden"
      >
        {number}
      </span>
      <div className="min-w-0 flex-1">
        <h2 className="font-semibold text-title">{title}</h2>
        <p className="text-muted">{hint}</p>
        {children}
      </div>
    </section>
  );
}

/** The chosen system's sample run, sent from here as its command would send it. */
function SendTest({ kind, secret }: { readonly kind: SnippetKind; readonly secret: string | null }) {
  const send = useSendEvents();
  const dialect = kind === "stream" ? "crewship" : kind;
  const sendRun = () => {
    const at = new Date();
    const events = sampleEvents[dialect]({ run: sampleRun(at), at });
    send.mutate({ path: doorPath(dialect), key: secret, events });
  };
  return (
    <div className="mt-3 flex flex-wrap items-center gap-3">
      <Button needs={secret === null ? "ingest" : undefined} disabled={send.isPending} onClick={sendRun}>
        <Send aria-hidden size={14} />
        Send test run
      </Button>
      <span role="status" className="text-muted">
        {send.data && `${send.data.accepted} events stored.`}
      </span>
      {send.error && <ErrorState className="w-full" title="The test run could not be stored." error={send.error} onRetry={sendRun} />}
    </div>
  );
}
