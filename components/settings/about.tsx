import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { SafeText } from "@/components/ui/safe-text";
import { useOrigin } from "@/components/ui/use-origin";
import type { Me } from "@/lib/client/hooks/use-me";
import { roleWords } from "@/lib/core/members/roles";

type AboutProps = {
  readonly who: Me | null;
  /** null = not known yet. */
  readonly version: string | null;
  /** Where links lead that the server sends by itself. */
  readonly url: string | null;
  readonly healthy: boolean | null;
  readonly retentionDays: number | null;
};

export function About({ who, version, url, healthy, retentionDays }: AboutProps) {
  const here = useOrigin();
  return (
    <dl className="rounded-box border bg-panel">
      <Fact name="Signed in as">
        {who === null ? "…" : <SafeText text={who.name} />}
        {who?.member && (
          <Badge className="ml-2" title={roleWords[who.member.role]}>
            {who.member.role}
          </Badge>
        )}
      </Fact>
      <Fact name="Project">{who?.project.name ?? "…"}</Fact>
      <Fact name="Server">
        {healthy === null ? (
          <Badge>checking</Badge>
        ) : (
          <Badge tone={healthy ? "succeeded" : "failed"}>{healthy ? "healthy" : "unhealthy"}</Badge>
        )}
      </Fact>
      {version && (
        <Fact name="Version">
          <span className="figures">{version}</span>
        </Fact>
      )}
      {url !== null && (
        <Fact name="Public URL" wraps>
          <SafeText text={url} />
          {url !== here && (
            <p className="text-muted">
              You are at {here}. Set <code>WATCHFLOOR_PUBLIC_URL</code> to it for links in alerts, e-mails and webhooks.
            </p>
          )}
        </Fact>
      )}
      {retentionDays !== null && (
        <Fact name="Event retention">
          <span className="figures">{retentionDays === 1 ? "1 day" : `${retentionDays.toLocaleString("en")} days`}</span>
          <span className="text-muted">, deltas and thoughts 1 day</span>
        </Fact>
      )}
      <Fact name="HTTP interface">
        <a className="text-accent hover:underline" href="/api/openapi.json">
          OpenAPI description
        </a>
      </Fact>
    </dl>
  );
}

type FactProps = { readonly name: string; readonly wraps?: boolean; readonly children: ReactNode };

function Fact({ name, wraps = false, children }: FactProps) {
  return (
    <div className="flex min-h-9 items-center justify-between gap-4 border-b px-3 py-1 last:border-b-0">
      <dt className="text-muted">{name}</dt>
      <dd className={wraps ? "min-w-0 text-right wrap-anywhere" : "truncate"}>{children}</dd>
    </div>
  );
}
