/** A table; rows of nothing give no table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function cell(text: string): string {
  const parts = text.replaceAll("|", "\\|").replaceAll("\n", " ").split("`");
  // Outside of code `<` would begin a tag, and what is in it would not be shown.
  return parts.map((part, at) => (at % 2 === 0 ? part.replaceAll("<", "&lt;") : part)).join("`");
}

export function code(text: string): string {
  return `\`${text}\``;
}

/** Parts of a page with a blank line between them; empty ones are left out. */
export function parts(...texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join("\n\n");
}

/** Where GitHub leads to from a heading of letters and digits. */
export function anchor(heading: string): string {
  return heading.toLowerCase().replaceAll(" ", "-");
}
