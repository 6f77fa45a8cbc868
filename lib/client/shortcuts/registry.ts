/** What a key does, for the page and for the sheet that lists them. */
export type Shortcut = {
  /** `j`, `Enter`, `Space`, `?`, `/`, `Escape`, `mod+k`, or two keys in a row: `g r`. Compared with `KeyboardEvent.key`. */
  readonly keys: string;
  readonly label: string;
  readonly run: (event: KeyboardEvent) => void;
};
export type ShortcutGroup = { readonly title: string; readonly shortcuts: readonly Shortcut[] };

/** The first key of two waits this long for the second. The page says what it waits for, so there has to be time to read it. */
const sequenceMs = 5_000;
const groups = new Set<{ current: ShortcutGroup }>();
const listeners = new Set<() => void>();
let snapshot: readonly ShortcutGroup[] = [];
let first: string | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

export function shortcutGroups(): readonly ShortcutGroup[] {
  return snapshot;
}

/** The first key of two, while it waits for the second. */
export function firstKey(): string | null {
  return first;
}

/** Hears of groups that come and go, and of a first key that begins or ends to wait. */
export function onShortcuts(listener: () => void): () => void {
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
  tell();
}

function waitAfter(key: string | null): void {
  if (key === null && first === null) return;
  clearTimeout(timer);
  if (key !== null) timer = setTimeout(waitAfter, sequenceMs, null);
  first = key;
  tell();
}

function tell(): void {
  for (const listener of listeners) listener();
}

function press(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  // Many keyboards make brackets with AltGr or Option, and AltGr says that it is Ctrl and Alt.
  const isMade = event.altKey && /[[\]]/.test(event.key);
  const mod = !isMade && (event.metaKey || event.ctrlKey);
  if (!mod && (isTyping(event.target) || isInDialog(event.target))) return;
  // With Shift it is the browser's: Ctrl+Shift+K opens Firefox's console.
  if ((event.altKey && !isMade) || (mod && event.shiftKey)) return;
  if (event.key === " " && isPressed(event.target)) return;
  const name = event.key === " " ? "Space" : event.key;
  const key = mod ? `mod+${event.key.toLowerCase()}` : name;
  const all = [...groups].reverse().flatMap((group) => group.current.shortcuts);
  const second = first === null ? undefined : all.find((shortcut) => shortcut.keys === `${first} ${key}`);
  const isTakenBack = first !== null && key === "Escape";
  waitAfter(!second && all.some((shortcut) => shortcut.keys.startsWith(`${key} `)) ? key : null);
  const hit = second ?? all.find((shortcut) => shortcut.keys === key);
  if (!hit && !isTakenBack) return;
  event.preventDefault();
  if (!isTakenBack) hit?.run(event);
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

/** Also where the focus fell to the page from a button of the dialog that is off while its request is on its way. */
function isInDialog(target: EventTarget | null): boolean {
  if (target === document.body) return document.querySelector('[role="dialog"]') !== null;
  return target instanceof Element && target.closest('[role="dialog"]') !== null;
}
