import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { createProject, openProject, renameProject } from "../api/projects";
import { enterProject } from "../project/current-project";
import { projectQueries } from "../queries/project";

export type { Project } from "../api/projects";

/** The projects that this browser may go to, and what can be done with them. */
export function useProjects(enabled = true) {
  const client = useQueryClient();
  const list = useQuery({ ...projectQueries.projects(), enabled });
  const open = useMutation({ mutationFn: openProject, onSuccess: ({ id }) => enterProject(id) });
  const create = useMutation({
    mutationFn: async (name: string) => openProject((await createProject(name)).id),
    onSuccess: ({ id }) => enterProject(id),
  });
  const rename = useMutation({
    mutationFn: renameProject,
    onSuccess: () => Promise.all([client.invalidateQueries(projectQueries.projects()), client.invalidateQueries(projectQueries.me())]),
  });
  return { list, open, create, rename };
}

/** Where a run is that this project does not hold, and the way there, back to this very view. */
export function useProjectsWith(runId: string, enabled: boolean) {
  const list = useQuery({ ...projectQueries.projectsWith(runId), enabled });
  const open = useMutation({
    mutationFn: openProject,
    onSuccess: ({ id }) => enterProject(id, location.pathname + location.search),
  });
  return { list, open };
}
