import { useCallback, useSyncExternalStore } from "react";
import { parseRunQuery } from "@/lib/core/run-query/parse-run-query";
import { currentProject } from "../project/current-project";

/** A list of runs that somebody wants to see again: a name and the query that says it. */
export type SavedView = { readonly name: string; readonly query: string };

/** A view names agents and sources: those of one project are nobody's business in another. */
const storageKey = () => `watchfloor_run_views ${currentProject() ?? ""}`;
const mostViews = 50;
const listeners = new Set<() => void>();
const none: readonly SavedView[] = [];
let cached: { readonly text: string | null; readonly views: readonly SavedView[] } = { text: null, views: none };

/** The saved views of this browser, and how to keep and forget one. A view of the same name is replaced. */
export function useSavedViews() {
  const views = useSyncExternalStore(subscribe, read, () => none);
  const save = useCallback((view: SavedView) => write([...read().filter(({ name }) => name !== view.name), view].slice(-mostViews)), []);
  const forget = useCallback((name: string) => write(read().filter((view) => view.name !== name)), []);
  return { views, save, forget };
}

function subscribe(listener: () => void): () => void {
  const onStorage = (event: StorageEvent) => event.key === storageKey() && listener();
  listeners.add(listener);
  addEventListener("storage", onStorage);
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", onStorage);
  };
}

function read(): readonly SavedView[] {
  const text = stored();
  if (text !== cached.text) cached = { text, views: viewsIn(text) };
  return cached.views;
}

function write(views: readonly SavedView[]): void {
  try {
    localStorage.setItem(storageKey(), JSON.stringify(views));
  } catch {
    // A browser that keeps nothing for us forgets the view with the page.
  }
  for (const listener of listeners) listener();
}

function stored(): string | null {
  try {
    return localStorage.getItem(storageKey());
  } catch {
    return null;
  }
}

/** What an earlier version or somebody else left there is read with care. */
function viewsIn(text: string | null): readonly SavedView[] {
  try {
    const found: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(found) ? found.filter(isView) : none;
  } catch {
    return none;
  }
}

function isView(value: unknown): value is SavedView {
  if (typeof value !== "object" || value === null || !("name" in value) || !("query" in value)) return false;
  return typeof value.name === "string" && typeof value.query === "string" && parseRunQuery(value.query).problems.length === 0;
}
