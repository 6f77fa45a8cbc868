export type ToastTone = "neutral" | "good" | "bad";

/** One line about what just happened, where it can be looked at, and how it is taken back. */
export type ToastMessage = {
  readonly text: string;
  readonly tone?: ToastTone;
  readonly href?: string;
  readonly onUndo?: () => void;
  /** The page shows it itself: only read out. */
  readonly isSeen?: boolean;
};
export type ShownToast = ToastMessage & { readonly id: number };

/** More would only cover the page. */
const most = 3;
const listeners = new Set<() => void>();
let shown: readonly ShownToast[] = [];
let count = 0;

/** Says what came of something, in the corner of the page; the same words again are said anew and not twice. */
export function toast(message: ToastMessage): void {
  count += 1;
  shown = [...shown.filter(({ text }) => text !== message.text), { ...message, id: count }];
  const seen = shown.filter(({ isSeen }) => isSeen);
  const boxes = shown.filter(({ isSeen }) => !isSeen);
  shown = [...seen.slice(-most), ...boxes.slice(-most)];
  tell();
}

export function endToast(id: number): void {
  shown = shown.filter((one) => one.id !== id);
  tell();
}

export function shownToasts(): readonly ShownToast[] {
  return shown;
}

export function onToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}
