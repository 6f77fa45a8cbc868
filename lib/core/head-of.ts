/**
 * The first `length` UTF-16 units as a separate string. V8 makes a slice a window on the whole text and retains that as long as the slice
 * lives: the title of a one-megabyte message would hold a megabyte.
 */
export function headOf(text: string, length: number): string {
  const head = text.slice(0, length);
  return text.length > 4 * length && text.length > 4_096 ? (JSON.parse(JSON.stringify(head)) as string) : head;
}
