import type { RunSummary } from "@/lib/core/api/run";
import { SafeText } from "./safe-text";

/** Which source a run came from, and of which environment it is, where somebody has said. */
export function SourceName({ run }: { readonly run: Pick<RunSummary, "source" | "environment"> }) {
  return (
    <>
      <SafeText text={run.source} />
      {run.environment && (
        <span className="ml-1 text-faint">
          · <SafeText text={run.environment} />
        </span>
      )}
    </>
  );
}
