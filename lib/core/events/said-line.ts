import type { ApiEvent } from "../api/event";
import { besideName } from "../format/beside-name";

/**
 * What lists show of an event in one line: the name of its subject (a tool, a file), then its summary, else its error or text. The agent is
 * shown separately.
 */
export function saidLine({ name, agent, summary, error, text }: ApiEvent): string {
  const about = name === agent ? "" : wordOf(name);
  const said = wordOf(summary) || wordOf((error as { readonly message?: unknown } | undefined)?.message) || wordOf(text);
  return [about, besideName(about, said) ?? ""].filter((word) => word !== "").join(": ");
}

function wordOf(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}
