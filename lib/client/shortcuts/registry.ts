/** What a key does, for the page and for the sheet that lists them. */
export type Shortcut = {
  /** `j`, `Enter`, `Space`, `?`, `/`, `Escape`, `mod+k`, or two keys in a row: `g r`. Compared with `KeyboardEvent.key`. */
  readonly keys: string;
  readonly label: string;
  readonly run: (event: KeyboardEvent) => void;
};
export type ShortcutGroup = { readonly title: string; readonly shortcuts: readonly Shortcut[] };

const sequenceMs = 1_000;
const groups = new Set<{ current: ShortcutGroup }>();
const listeners = new Set<() => void>();
let snapshot: readonly ShortcutGroup[] = [];
let pending: { readonly key: string; readonly atMs: number } | null = null;

export function shortcutGroups(): readonly ShortcutGroup[] {
  return snapshot;
}

export function onShortcutGroups(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Makes a group's keys work until the returned function is called. The latest group wins a key. */
export function addShortcuts(group: { current: ShortcutGroup }): () => void {
  if (groups.size === 0) addEventListener("keydown", press);
  groups.add(group);
  changed();
  return () => {
    groups.delete(group);
    if (groups.size === 0) removeEventListener("keydown", press);
    changed();
  };
}

function changed(): void {
  snapshot = [...groups].map((group) => group.current);
  for (const listener of listeners) listener();
}

function press(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const mod = event.metaKey || event.ctrlKey;
  if (!mod && (isTyping(event.target) || isInDialog(event.target))) return;
  if (event.altKey) return;
  if (event.key === " " && isPressed(event.target)) return;
  const name = event.key === " " ? "Space" : event.key;
  const key = mod ? `mod+${event.key.toLowerCase()}` : name;
  const sequence = pending && event.timeStamp - pending.atMs < sequenceMs ? `${pending.key} ${key}` : null;
  pending = mod ? null : { key, atMs: event.timeStamp };
  const all = [...groups].reverse().flatMap((group) => group.current.shortcuts);
  const hit = all.find((shortcut) => shortcut.keys === sequence) ?? all.find((shortcut) => shortcut.keys === key);
  if (!hit) return;
  if (hit.keys === sequence) pending = null;
  event.preventDefault();
  hit.run(event);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement && /^(checkbox|radio|button)$/.test(target.type)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** The space key is what presses it. */
function isPressed(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("button, summary, input, [role='button'], [role='treegrid'], [role='tab']") !== null;
}

function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="dialog"]') !== null;
}
