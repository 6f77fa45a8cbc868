"use client";
import { Check } from "lucide-react";
import { BareButton } from "@/components/ui/bare-button";
import { ErrorState } from "@/components/ui/error-state";
import { NameForm } from "@/components/ui/name-form";
import { Renamable } from "@/components/ui/renamable";
import { SafeText } from "@/components/ui/safe-text";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Project, useProjects } from "@/lib/client/hooks/use-projects";

type ProjectListProps = {
  readonly projects: ReturnType<typeof useProjects>;
  readonly currentId: string | null;
  /** Whether this browser may make more of them. */
  readonly isOwner: boolean;
};

/** The projects: which one this is, the way to the others, another name, a new one. */
export function ProjectList({ projects: { list, open, create, rename }, currentId, isOwner }: ProjectListProps) {
  const failed = open.error ?? create.error ?? rename.error;
  if (list.error) return <ErrorState title="The projects could not be loaded." error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <SkeletonRows rows={2} className="rounded-box border bg-panel" />;
  return (
    <div>
      <ul aria-label="Projects" className="rounded-box border bg-panel">
        {list.data.map((project) => (
          <li key={project.id} className="flex min-h-9 items-center gap-1 border-b pr-1.5 last:border-b-0 has-[form]:pl-3">
            <Renamable
              name={project.name}
              pending={rename.isPending}
              onName={(name, done) => rename.mutate({ id: project.id, name }, { onSuccess: done })}
            >
              <ProjectButton project={project} isCurrent={project.id === currentId} disabled={open.isPending} onOpen={open.mutate} />
            </Renamable>
          </li>
        ))}
        {isOwner && (
          <li className="flex min-h-10 items-center border-b pr-1.5 pl-3 last:border-b-0">
            <NameForm label="New project name" action="Create project" initial="" pending={create.isPending} onName={create.mutate} />
          </li>
        )}
      </ul>
      {failed && <ErrorState className="mt-3" title="The project could not be saved." error={failed} />}
      <p className="mt-2 text-meta text-muted">
        Each project has its own runs, keys, budgets, alerts and webhooks. Switching applies to all tabs in this browser.
      </p>
    </div>
  );
}

type ProjectButtonProps = {
  readonly project: Project;
  readonly isCurrent: boolean;
  readonly disabled: boolean;
  readonly onOpen: (id: string) => void;
};

function ProjectButton({ project, isCurrent, disabled, onOpen }: ProjectButtonProps) {
  return (
    <BareButton
      disabled={disabled || isCurrent}
      aria-current={isCurrent ? "true" : undefined}
      onClick={() => onOpen(project.id)}
      className="flex min-h-9 min-w-0 flex-1 items-center gap-2 px-3 text-left outline-offset-[-2px] enabled:hover:bg-hover pointer-coarse:min-h-11"
    >
      <Check aria-hidden size={14} className={isCurrent ? "text-accent" : "invisible"} />
      <span className={`truncate ${isCurrent ? "font-medium" : ""}`}>
        <SafeText text={project.name} />
      </span>
      {isCurrent && <span className="ml-auto text-faint text-meta">current</span>}
    </BareButton>
  );
}
