/** Arguments as people read them before they decide: indented JSON, whole. Decoding it gives the arguments again. */
export function argumentText(value: unknown): string {
  return JSON.stringify(value ?? null, null, 2);
}

export function hasArguments(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}
