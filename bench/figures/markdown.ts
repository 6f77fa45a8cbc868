const start = "<!-- bench:start -->";
const end = "<!-- bench:end -->";

/** The document with the table in place of what lies between its markers. Throws when it has no markers. */
export function replaceTable(document: string, table: string): string {
  const from = document.indexOf(start);
  const to = document.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`The document has no ${start} ... ${end}.`);
  return `${document.slice(0, from + start.length)}\n${table}\n${document.slice(to)}`;
}
