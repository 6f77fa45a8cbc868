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
