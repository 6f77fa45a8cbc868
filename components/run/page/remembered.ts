import { useSyncExternalStore } from "react";

const prefix = "watchfloor.width.";

/** A width in percent that this browser was left with; null where there is none. */
export function rememberedWidth(name: string): number | null {
  try {
    const value = Number.parseFloat(localStorage.getItem(prefix + name) ?? "");
    return value > 0 && value < 100 ? value : null;
  } catch {
    return null;
  }
}

export function rememberWidth(name: string, percent: number): void {
  try {
    localStorage.setItem(prefix + name, percent.toFixed(1));
  } catch {
    // A browser that keeps nothing gets the usual width again.
  }
}

const choices = "watchfloor.choice.";
const listeners = new Set<() => void>();
/** Where a browser keeps nothing, a choice lasts as long as the page. */
const chosen = new Map<string, string>();

function choiceOf(name: string): string | null {
  try {
    return localStorage.getItem(choices + name) ?? chosen.get(name) ?? null;
  } catch {
    return chosen.get(name) ?? null;
  }
}

/** A choice that this browser was left with; null = none, and what the server draws. */
export function useRemembered(name: string): readonly [string | null, (choice: string) => void] {
  const choice = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => choiceOf(name),
    () => null,
  );
  const remember = (next: string) => {
    chosen.set(name, next);
    try {
      localStorage.setItem(choices + name, next);
    } catch {
      // It is chosen for this page alone.
    }
    for (const listener of listeners) listener();
  };
  return [choice, remember];
}
