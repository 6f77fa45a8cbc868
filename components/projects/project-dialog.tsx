"use client";
import { Dialog } from "@/components/ui/dialog";
import { useMe } from "@/lib/client/hooks/use-me";
import { useProjects } from "@/lib/client/hooks/use-projects";
import { ProjectList } from "./project-list";

/** The way to another project, from every page. */
export function ProjectDialog({ onClose }: { readonly onClose: () => void }) {
  const me = useMe();
  const projects = useProjects();
  return (
    <Dialog open onOpenChange={onClose} title="Projects">
      <ProjectList projects={projects} currentId={me.data?.project.id ?? null} isOwner={me.data?.isOwner ?? false} />
    </Dialog>
  );
}
