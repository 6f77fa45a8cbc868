import { Compass } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button-class";
import { EmptyState } from "@/components/ui/empty-state";
import { SafeText } from "@/components/ui/safe-text";

const shownChars = 80;

export function UnknownRun({ runId }: { readonly runId: string }) {
  return (
    <div className="flex h-full items-center">
      <EmptyState
        icon={Compass}
        title="No run has this id"
        action={
          <Link href="/runs" className={buttonClass("solid")}>
            All runs
          </Link>
        }
      >
        <span className="break-all font-code">
          <SafeText text={runId.slice(0, shownChars)} />
          {runId.length > shownChars && "…"}
        </span>
        <br />
        Neither we nor its sender call a run of this project so. It may have been removed by retention, or belong to another project.
      </EmptyState>
    </div>
  );
}
