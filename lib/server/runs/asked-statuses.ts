import type { RunStatus } from "@/lib/core/run/status";
import { DomainError } from "../errors";
import { textOf } from "../http/query";

type Language = { readonly words: readonly string[]; readonly parse: (text: string) => readonly RunStatus[] | null };

/** The statuses in `?status=`, written in one system's words; undefined if absent. Throws invalid_request. */
export function askedStatuses(query: URLSearchParams, { words, parse }: Language): readonly RunStatus[] | undefined {
  const text = textOf(query, "status");
  if (text === undefined) return undefined;
  const statuses = parse(text);
  if (!statuses) throw new DomainError("invalid_request", `"status" must be one of ${words.join(", ")}.`, { path: "?status=" });
  return statuses;
}
