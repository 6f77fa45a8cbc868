"use client";
import { Download } from "lucide-react";
import { later } from "@/components/ui/later";
import type { RunFilters } from "@/lib/client/hooks/use-runs";
import { DropPanel } from "./drop-panel";

const ExportPanel = later(() => import("./export-panel").then((module) => module.ExportPanel));

/** Files with every run that the filters find, also what is not loaded yet. */
export function ExportMenu({ filters }: { readonly filters: RunFilters }) {
  return (
    <DropPanel icon={Download} label="Export">
      {(close) => <ExportPanel filters={filters} onDone={close} />}
    </DropPanel>
  );
}
