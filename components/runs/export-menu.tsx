"use client";
import { Download } from "lucide-react";
import { buttonClass } from "@/components/ui/button-class";
import { type RunFilters, runFilterParams } from "@/lib/client/hooks/use-runs";
import { DropPanel } from "./drop-panel";

const formats = ["csv", "json"] as const;

/** Files with every run that the filters find, also what is not loaded yet. */
export function ExportMenu({ filters }: { readonly filters: RunFilters }) {
  return (
    <DropPanel icon={Download} label="Export">
      {(close) => (
        <>
          <p className="px-1 pb-2 text-muted">Every run that the filters find, newest first.</p>
          <div className="flex gap-2 px-1 pb-1">
            {formats.map((format) => (
              <a
                key={format}
                href={hrefOf(filters, format)}
                download
                onClick={() => requestAnimationFrame(close)}
                className={buttonClass()}
              >
                {format.toUpperCase()}
              </a>
            ))}
          </div>
        </>
      )}
    </DropPanel>
  );
}

function hrefOf(filters: RunFilters, format: (typeof formats)[number]): string {
  const params = runFilterParams(filters);
  params.set("format", format);
  return `/api/runs/export?${params}`;
}
