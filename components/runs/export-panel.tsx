import { type RunFilters, runFilterParams } from "@/lib/client/hooks/use-runs";
import { ExportLinks } from "./export-links";

type ExportPanelProps = { readonly filters: RunFilters; readonly onDone: () => void };

export function ExportPanel({ filters, onDone }: ExportPanelProps) {
  return (
    <>
      <p className="px-1 pb-2 text-muted">Every run that matches the filters, newest first.</p>
      <div className="flex gap-2 px-1 pb-1">
        <ExportLinks query={runFilterParams({ ...filters, sort: null })} what="every matching run" onDone={onDone} />
      </div>
    </>
  );
}
