import { type Dialect, dialectLabels, dialects } from "@/lib/core/dialect";
import { doorPath, sampleEvents, sampleRun } from "./sample-events";

export const snippetKinds = [...dialects, "stream"] as const;
export type SnippetKind = (typeof snippetKinds)[number];

type Place = { readonly origin: string; readonly key: string; readonly at: Date };

export const keyPlaceholder = "$WATCHFLOOR_KEY";

/** What to paste into a shell so that events of this kind arrive. */
export function snippetOf(kind: SnippetKind, place: Place): string {
  return kind === "stream" ? streamSnippet(place) : curlSnippet(kind, place);
}

export function snippetTitle(kind: SnippetKind): string {
  return kind === "stream" ? "Any stream" : dialectLabels[kind];
}

function curlSnippet(dialect: Dialect, { origin, key, at }: Place): string {
  const events = sampleEvents[dialect]({ run: sampleRun(at), at });
  return [
    `curl ${origin}${doorPath(dialect)} \\`,
    `  -H "Authorization: Bearer ${key}" \\`,
    `  -H "Content-Type: application/x-ndjson" \\`,
    "  --data-binary @- <<'EOF'",
    ...events.map((event) => JSON.stringify(event)),
    "EOF",
  ].join("\n");
}

/** Reads a stream where it is served and sends it on as it comes. It needs curl alone: this is pasted on the agent's machine. */
function streamSnippet({ origin, key }: Place): string {
  return [
    "# replace this URL with your agent's own stream",
    'curl -sN "https://agents.example.com/v1/runs/run_abc123/events" \\',
    `  | curl -T- "${origin}/api/ingest/crewship?run=run_abc123" \\`,
    `      -H "Authorization: Bearer ${key}"`,
  ].join("\n");
}
