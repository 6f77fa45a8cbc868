import { request } from "./request";

export type Project = { readonly id: string; readonly name: string };

export async function readProjects(signal?: AbortSignal): Promise<readonly Project[]> {
  return (await request<{ readonly projects: readonly Project[] }>("/api/projects", { signal })).projects;
}

/** Those of them that hold a run with this id, ours or its sender's. */
export async function readProjectsWith(runId: string, signal?: AbortSignal): Promise<readonly Project[]> {
  const path = `/api/projects?run=${encodeURIComponent(runId)}`;
  return (await request<{ readonly projects: readonly Project[] }>(path, { signal })).projects;
}

export function createProject(name: string): Promise<Project> {
  return request<Project>("/api/projects", { method: "POST", body: { name } });
}

export function renameProject({ id, name }: Project): Promise<Project> {
  return request<Project>(`/api/projects/${encodeURIComponent(id)}`, { method: "POST", body: { name } });
}

/** Takes this browser to the project. */
export function openProject(id: string): Promise<Project> {
  return request<Project>(`/api/projects/${encodeURIComponent(id)}/open`, { method: "POST", body: {} });
}
