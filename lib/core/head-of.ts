/**
 * The first `length` UTF-16 units as a string of their own. V8 makes a slice a window on the whole text and keeps that for as long as the
 * slice lives: a title of a message of a megabyte would be a megabyte.
 */
export function headOf(text: string, length: number): string {
  const head = text.slice(0, length);
  return text.length > 4 * length && text.length > 4_096 ? (JSON.parse(JSON.stringify(head)) as string) : head;
}
