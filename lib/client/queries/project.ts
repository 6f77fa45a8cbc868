import { queryOptions } from "@tanstack/react-query";
import { readDemo, readHealth, readKeys, readMe } from "../api/project";
import { readProjects, readProjectsWith } from "../api/projects";

/** Queries of the project and of who is here. No key is written anywhere else. */
export const projectQueries = {
  // Asked again now and then: another role is told before somebody presses what it refuses.
  me: () => queryOptions({ queryKey: ["me"], queryFn: ({ signal }) => readMe(signal), staleTime: 60_000, refetchInterval: 60_000 }),
  projects: () => queryOptions({ queryKey: ["projects"], queryFn: ({ signal }) => readProjects(signal) }),
  projectsWith: (runId: string) =>
    queryOptions({ queryKey: ["projects", "with", runId], queryFn: ({ signal }) => readProjectsWith(runId, signal) }),
  health: () => queryOptions({ queryKey: ["health"], queryFn: ({ signal }) => readHealth(signal), staleTime: 10_000 }),
  keys: () => queryOptions({ queryKey: ["keys"], queryFn: ({ signal }) => readKeys(signal) }),
  demo: () => queryOptions({ queryKey: ["demo"], queryFn: ({ signal }) => readDemo(signal), refetchInterval: 5_000 }),
};
