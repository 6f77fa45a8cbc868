export function sessionHref(id: string): string {
  return `/sessions/${encodeURIComponent(id)}`;
}
