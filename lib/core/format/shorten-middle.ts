/**
 * A long id cut in its middle to at most `max` characters, because both ends distinguish ids. Counts visible characters, not code units.
 */
export function shortenMiddle(text: string, max = 16): string {
  const characters = [...text];
  if (characters.length <= max) return text;
  if (max <= 1) return "…";
  const head = Math.ceil((max - 1) / 2);
  const tail = max - 1 - head;
  return `${characters.slice(0, head).join("")}…${tail === 0 ? "" : characters.slice(-tail).join("")}`;
}
