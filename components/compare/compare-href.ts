/** Where two runs are compared; without a second one it is chosen there. */
export function compareHref(a: string, b?: string): string {
  return `/runs/compare?a=${encodeURIComponent(a)}${b === undefined ? "" : `&b=${encodeURIComponent(b)}`}`;
}
