import { useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { addShortcuts, firstKey, onShortcuts, type Shortcut, type ShortcutGroup, shortcutGroups } from "../shortcuts/registry";

export type { Shortcut, ShortcutGroup } from "../shortcuts/registry";

/**
 * Makes keys work while the component is mounted and lists them in the sheet. Single keys rest inside inputs and dialogs.
 * The keys are there before the paint that shows their button: whoever sees the button may press its key at once.
 */
export function useShortcuts(title: string, shortcuts: readonly Shortcut[], enabled = true): void {
  const latest = useRef<ShortcutGroup>({ title, shortcuts });
  useLayoutEffect(() => {
    latest.current = { title, shortcuts };
  });
  useLayoutEffect(() => (enabled ? addShortcuts(latest) : undefined), [enabled]);
}

const none: readonly ShortcutGroup[] = [];

/** Every group of keys that works right now. */
export function useShortcutGroups(): readonly ShortcutGroup[] {
  return useSyncExternalStore(onShortcuts, shortcutGroups, () => none);
}

/** The first key of two, while it waits for the second. */
export function useFirstKey(): string | null {
  return useSyncExternalStore(onShortcuts, firstKey, () => null);
}
