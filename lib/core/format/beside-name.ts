/** A lead-in to a name ("Invoking tool: web_search") is at most this long. */
const longestLead = 24;

/** What remains of a line shown beside a name, so that the name is not repeated. Null if nothing remains. */
export function besideName(name: string, line: string | null | undefined): string | null {
  if (line == null || line === "" || line === name) return null;
  if (name === "") return line;
  if (line.startsWith(`${name}: `)) return line.slice(name.length + 2).trim() || null;
  return line.endsWith(`: ${name}`) && line.length - name.length - 2 <= longestLead ? null : line;
}
