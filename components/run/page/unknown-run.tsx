import { Compass, FolderOpen } from "lucide-react";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Link } from "@/components/ui/link";
import { SafeText } from "@/components/ui/safe-text";
import { Sought } from "@/components/ui/sought";
import type { Project } from "@/lib/client/hooks/use-projects";

type UnknownRunProps = {
  readonly runId: string;
  /** Other projects of the reader that hold a run with this id. */
  readonly elsewhere: readonly Project[];
  readonly opening: { readonly isPending: boolean; readonly error: Error | null; readonly mutate: (projectId: string) => void };
};

/** What stands where a run of this id would: the way to the project that holds it, or that none does. */
export function UnknownRun({ runId, elsewhere, opening }: UnknownRunProps) {
  const allRuns = (look: "outline" | "solid") => (
    <Link href="/runs" className={buttonClass(look)}>
      All runs
    </Link>
  );
  if (elsewhere.length === 0)
    return (
      <div className="flex h-full items-center">
        <EmptyState icon={Compass} title="No run has this id" action={allRuns("solid")}>
          <Sought text={runId} />
          <br />
          No project you can access has a run with this id. The link may be incomplete, or belong to another server.
        </EmptyState>
      </div>
    );
  return (
    <div className="flex h-full flex-col items-center justify-center">
      <EmptyState
        icon={FolderOpen}
        title="This run is in another project"
        action={
          <div className="flex flex-wrap justify-center gap-2">
            {elsewhere.map(({ id: projectId, name }) => (
              <Button key={projectId} look="solid" disabled={opening.isPending} onClick={() => opening.mutate(projectId)}>
                <span className="max-w-64 truncate">
                  Switch to <SafeText text={name} />
                </span>
              </Button>
            ))}
            {allRuns("outline")}
          </div>
        }
      >
        <Sought text={runId} />
        <br />
        Switching opens this view and applies to all tabs in this browser.
      </EmptyState>
      {opening.error && <ErrorState className="mx-4" title="The project could not be opened." error={opening.error} />}
    </div>
  );
}
