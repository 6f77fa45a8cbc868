import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";

type AboutProps = {
  readonly project: string | null;
  readonly version: string | null /** null = not known yet. */;
  readonly healthy: boolean | null;
  readonly retentionDays: number | null;
};

export function About({ project, version, healthy, retentionDays }: AboutProps) {
  return (
    <dl className="rounded-box border bg-panel">
      <Fact name="Project">{project ?? "…"}</Fact>
      <Fact name="Server">
        {healthy === null ? (
          <Badge>asking</Badge>
        ) : (
          <Badge tone={healthy ? "succeeded" : "failed"}>{healthy ? "healthy" : "not healthy"}</Badge>
        )}
      </Fact>
      {version && (
        <Fact name="Version">
          <span className="figures">{version}</span>
        </Fact>
      )}
      {retentionDays !== null && (
        <Fact name="Events are kept">
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

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="flex h-9 items-center justify-between gap-4 border-b px-3 last:border-b-0">
      <dt className="text-muted">{name}</dt>
      <dd className="truncate">{children}</dd>
    </div>
  );
}
