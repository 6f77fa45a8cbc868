"use client";
import { Bookmark } from "lucide-react";
import { later } from "@/components/ui/later";
import type { RunFilters } from "@/lib/client/hooks/use-runs";
import { DropPanel } from "./drop-panel";

const SavedViewsPanel = later(() => import("./saved-views-panel").then((module) => module.SavedViewsPanel));

type SavedViewsProps = { readonly filters: RunFilters; readonly onFilters: (filters: RunFilters) => void };

/** Lists that somebody wants to see again, kept in this browser. */
export function SavedViews({ filters, onFilters }: SavedViewsProps) {
  return (
    <DropPanel icon={Bookmark} label="Views">
      {(close) => <SavedViewsPanel filters={filters} onFilters={onFilters} onClose={close} />}
    </DropPanel>
  );
}
