"use client";
import { Download } from "lucide-react";
import { type RunFilters, runFilterParams } from "@/lib/client/hooks/use-runs";
import { DropPanel } from "./drop-panel";
import { ExportLinks } from "./export-links";

/** Files with every run that the filters find, also what is not loaded yet. */
export function ExportMenu({ filters }: { readonly filters: RunFilters }) {
  return (
    <DropPanel icon={Download} label="Export">
      {(close) => (
        <>
          <p className="px-1 pb-2 text-muted">Every run that the filters find, newest first.</p>
          <div className="flex gap-2 px-1 pb-1">
            <ExportLinks query={runFilterParams({ ...filters, sort: null })} what="every run found" onDone={close} />
          </div>
        </>
      )}
    </DropPanel>
  );
}
