/** What `--types` asks for; null = no filter. */
export type TypeFilter = ((event: { readonly type: string; readonly source: { readonly type: string } }) => boolean) | null;

/** `tool.*,agent.started,LLM_OUTPUT`: our own or the sender's words, any case, `*` for any characters. */
export function parseTypeFilter(list: string | undefined): TypeFilter {
  const words = (list ?? "").split(",").flatMap((word) => (word.trim() === "" ? [] : [word.trim().toLowerCase()]));
  if (words.length === 0) return null;
  return (event) => words.some((word) => matches(word, event.type.toLowerCase()) || matches(word, event.source.type.toLowerCase()));
}

/** Iterative on purpose: a pattern is user input and must not become a slow regular expression. */
function matches(pattern: string, value: string): boolean {
  const parts = pattern.split("*");
  const first = parts[0] ?? "";
  if (parts.length === 1) return value === pattern;
  const last = parts[parts.length - 1] ?? "";
  if (!value.startsWith(first) || value.length < first.length + last.length || !value.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = value.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= value.length - last.length;
}
