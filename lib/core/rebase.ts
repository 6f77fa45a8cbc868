/**
 * Reapplies the change from `from` to `to` to the current value: a setting left alone keeps what others have set since, and a list only
 * gains or loses the entries that were added or removed.
 */
export function rebase<T extends object>(now: T, { from, to }: { readonly from: T; readonly to: T }): T {
  const keys = Object.keys(to) as (keyof T)[];
  return Object.fromEntries(keys.map((key) => [key, changed(now[key], from[key], to[key])])) as T;
}

function changed(now: unknown, from: unknown, to: unknown): unknown {
  if (Array.isArray(now) && Array.isArray(from) && Array.isArray(to)) {
    const [was, is, held] = [namesOf(from), namesOf(to), namesOf(now)];
    const left = now.filter((one) => is.has(nameOf(one)) || !was.has(nameOf(one)));
    return [...left, ...to.filter((one) => !was.has(nameOf(one)) && !held.has(nameOf(one)))];
  }
  return nameOf(from) === nameOf(to) ? now : to;
}

function nameOf(value: unknown): string {
  return JSON.stringify(value) ?? "";
}

function namesOf(values: readonly unknown[]): ReadonlySet<string> {
  return new Set(values.map(nameOf));
}
