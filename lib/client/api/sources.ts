import type { NewSource, NewStream, Source, SourceChange, SourceStream, SourceTest } from "@/lib/core/api/source";
import type { SourceCall } from "@/lib/core/api/source-call";
import { request } from "./request";

const path = (id: string) => `/api/sources/${encodeURIComponent(id)}`;

export async function readSources(signal?: AbortSignal): Promise<readonly Source[]> {
  return (await request<{ readonly sources: readonly Source[] }>("/api/sources", { signal })).sources;
}

export function createSource(wanted: NewSource): Promise<Source> {
  return request<Source>("/api/sources", { method: "POST", body: wanted });
}

export function changeSource({ id, change }: { readonly id: string; readonly change: SourceChange }): Promise<Source> {
  return request<Source>(path(id), { method: "PATCH", body: change });
}

export function deleteSource(id: string): Promise<void> {
  return request<void>(path(id), { method: "DELETE" });
}

export function testSource(id: string): Promise<SourceTest> {
  return request<SourceTest>(`${path(id)}/test`, { method: "POST", body: {} });
}

export function followStream({ id, wanted }: { readonly id: string; readonly wanted: NewStream }): Promise<SourceStream> {
  return request<SourceStream>(`${path(id)}/streams`, { method: "POST", body: wanted });
}

export type StreamPlace = { readonly id: string; readonly stream: string };

export function changeStream({ id, stream, state }: StreamPlace & { readonly state: "following" | "paused" }): Promise<SourceStream> {
  return request<SourceStream>(`${path(id)}/streams/${stream}`, { method: "PATCH", body: { state } });
}

export function forgetStream({ id, stream }: StreamPlace): Promise<void> {
  return request<void>(`${path(id)}/streams/${stream}`, { method: "DELETE" });
}

/** Calls of a source's endpoint, under the address of what they tell: an approval, or a control request. */
export async function readSourceCalls(about: string, signal?: AbortSignal): Promise<readonly SourceCall[]> {
  return (await request<{ readonly calls: readonly SourceCall[] }>(`${about}/calls`, { signal })).calls;
}

export async function callAgain(about: string): Promise<readonly SourceCall[]> {
  return (await request<{ readonly calls: readonly SourceCall[] }>(`${about}/resend`, { method: "POST", body: {} })).calls;
}
