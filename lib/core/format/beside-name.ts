/** Words that only lead up to a name ("Invoking tool: web_search") are no longer than this. */
const longestLead = 24;

/** What is left to say of a line that stands beside a name: the name is not said twice. Null when nothing is left. */
export function besideName(name: string, line: string | null | undefined): string | null {
  if (line == null || line === "" || line === name) return null;
  if (name === "") return line;
  if (line.startsWith(`${name}: `)) return line.slice(name.length + 2).trim() || null;
  return line.endsWith(`: ${name}`) && line.length - name.length - 2 <= longestLead ? null : line;
}
