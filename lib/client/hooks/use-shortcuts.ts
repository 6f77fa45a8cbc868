import { useEffect, useRef, useSyncExternalStore } from "react";
import { addShortcuts, onShortcutGroups, type Shortcut, type ShortcutGroup, shortcutGroups } from "../shortcuts/registry";

export type { Shortcut, ShortcutGroup } from "../shortcuts/registry";

/** Makes keys work while the component is mounted and lists them in the sheet. Single keys rest inside inputs and dialogs. */
export function useShortcuts(title: string, shortcuts: readonly Shortcut[], enabled = true): void {
  const latest = useRef<ShortcutGroup>({ title, shortcuts });
  useEffect(() => {
    latest.current = { title, shortcuts };
  });
  useEffect(() => (enabled ? addShortcuts(latest) : undefined), [enabled]);
}

const none: readonly ShortcutGroup[] = [];

/** Every group of keys that works right now. */
export function useShortcutGroups(): readonly ShortcutGroup[] {
  return useSyncExternalStore(onShortcutGroups, shortcutGroups, () => none);
}
