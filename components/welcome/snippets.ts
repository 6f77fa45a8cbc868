import { type Dialect, dialectLabels, dialects } from "@/lib/core/dialect";
import { doorPath, sampleEvents } from "./sample-events";

export const snippetKinds = [...dialects, "tee"] as const;
export type SnippetKind = (typeof snippetKinds)[number];

type Place = { readonly origin: string; readonly key: string; readonly at: Date };

export const keyPlaceholder = "$WATCHFLOOR_KEY";

/** What to paste into a shell so that events of this kind arrive. */
export function snippetOf(kind: SnippetKind, place: Place): string {
  return kind === "tee" ? teeSnippet(place) : curlSnippet(kind, place);
}

export function snippetTitle(kind: SnippetKind): string {
  return kind === "tee" ? "Any stream" : dialectLabels[kind];
}

function curlSnippet(dialect: Dialect, { origin, key, at }: Place): string {
  const events = sampleEvents[dialect]({ run: `hello-${dialect}`, at });
  return [
    `curl ${origin}${doorPath(dialect)} \\`,
    `  -H "Authorization: Bearer ${key}" \\`,
    `  -H "Content-Type: application/x-ndjson" \\`,
    "  --data-binary @- <<'EOF'",
    ...events.map((event) => JSON.stringify(event)),
    "EOF",
  ].join("\n");
}

/** Passes a stream through to where it was going and forwards its events on the side. */
function teeSnippet({ origin, key }: Place): string {
  return [
    "# your agent's own stream, piped through; nothing about it changes",
    'curl -N "https://agents.example.com/v1/runs/run_abc123/events" \\',
    `  | npx watchfloor tee --dialect crewship --run run_abc123 --url ${origin} --key "${key}"`,
  ].join("\n");
}
