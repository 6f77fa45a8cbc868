import { approvalActions, approvalKinds } from "@/lib/core/approvals/words";
import { controlActions } from "@/lib/core/control/words";
import { type Dialect, dialectLabels, dialects } from "@/lib/core/dialect";
import { canonicalTypes, usageScopes } from "@/lib/core/events/canonical";
import { isEphemeral } from "@/lib/core/events/logged";
import { meanings } from "@/lib/core/events/meanings";
import { catalogues } from "@/lib/dialects/registry";
import { dialectFixtures, type FixtureCase } from "@/test/dialect-fixtures";
import { declaredTypes } from "./declared-types";
import { code, parts, table } from "./markdown";
import { root } from "./root";

const origins = {
  seed: "the system's published catalogue",
  real: "sent by the running system, or named elsewhere in its documentation",
  alias: "another name for the same type",
  own: "written by Watchfloor when the system has no type for it",
} as const;

/** Types that `CanonicalEvent` is made of, in the order in which they are told. */
const partsOfEvents = ["Usage", "EventError", "Approval", "Control", "TeamMember"];

/** What the events of every system become, and by which word. */
export function eventsPage(): string {
  const fixtures = new Map(dialects.map((dialect) => [dialect, dialectFixtures(new URL(`lib/dialects/${dialect}/fixtures/`, root))]));
  return parts(
    "# Events",
    "Every event is stored as its system sent it and translated to one set of types: the canonical events. `GET /api/runs/{run}/events` and the streams return these; `raw=1` adds the sender's JSON. `POST /api/inspect` shows what your events would become.",
    "## Canonical types",
    "An event has the fields that its sender filled. The third column lists those that occur in the examples of the five systems. Types marked with * are kept for a day, the others [as long as the settings say](limits.md).",
    typesTable([...fixtures.values()].flat()),
    "## Fields",
    fieldsTables(),
    ...dialects.map((dialect) => dialectText(dialect, fixtures.get(dialect) ?? [])),
  );
}

function typesTable(fixtures: readonly FixtureCase[]): string {
  const rows = canonicalTypes.map((type) => {
    const seen = fixtures.filter(({ event }) => event.type === type).flatMap(({ event }) => Object.keys(event));
    const fields = [...fieldNames()].filter((name) => seen.includes(name) && !everywhere.has(name));
    return [`${code(type)}${isEphemeral(type) ? " *" : ""}`, meanings[type], fields.map(code).join(", ")];
  });
  return table(["type", "meaning", "fields"], rows);
}

/** What any event may have. */
const everywhere: ReadonlySet<string> = new Set(["type", "occurredAtMs", "sourceSeq", "summary", "extra"]);

/** Lists of words by the name of their type. */
const lists: Readonly<Record<string, readonly string[]>> = {
  ApprovalKind: approvalKinds,
  ApprovalAction: approvalActions,
  ControlAction: controlActions,
  UsageScope: usageScopes,
};

function spelled(type: string): string {
  const words = lists[type.replace("[]", "")]?.map((word) => `"${word}"`).join(" | ");
  return words === undefined ? type : type.endsWith("[]") ? `(${words})[]` : words;
}

function canonicalFile() {
  return declaredTypes("lib/core/events/canonical.ts");
}

function fieldNames(): readonly string[] {
  return (canonicalFile().get("CanonicalEvent") ?? []).map(({ name }) => name);
}

function fieldsTables(): string {
  const types = canonicalFile();
  const of = (name: string) =>
    table(
      ["field", "type", ""],
      (types.get(name) ?? []).map((field) => [code(field.name), code(spelled(field.type)), field.words.replaceAll("*", "\\*")]),
    );
  return parts(
    "A field that the sender did not fill is absent, never null and never guessed. On the wire, times are ISO 8601 (`occurredAt`, `receivedAt`) and the sender's sequence is `source.seq`.",
    of("CanonicalEvent"),
    ...partsOfEvents.map((name) => parts(`### ${name}`, of(name))),
  );
}

function dialectText(dialect: Dialect, fixtures: readonly FixtureCase[]): string {
  const rows = catalogues[dialect].map((entry) => [
    code(entry.type),
    code(entry.canonical),
    entry.category,
    entry.description,
    entry.origin === "seed" ? "" : entry.origin,
    entry.storedAs === undefined ? "" : code(entry.storedAs),
  ]);
  return parts(
    `## ${dialectLabels[dialect]}`,
    exampleText(dialect, fixtures),
    table(["type", "canonical", "group", "meaning", "origin", "stored as"], rows),
    `Origin: empty = ${origins.seed}; ${(["real", "alias", "own"] as const).map((one) => `${one} = ${origins[one]}`).join("; ")}.`,
  );
}

/** The shortest of the system's own examples that begins a run. */
function exampleText(dialect: Dialect, fixtures: readonly FixtureCase[]): string {
  const beginning = fixtures.filter(({ event, incoming, address }) => event.type === "run.started" && !incoming.name && address.run);
  const [shortest] = beginning.sort((a, b) => JSON.stringify(a.incoming.body).length - JSON.stringify(b.incoming.body).length);
  if (shortest === undefined) throw new Error(`no example of ${dialect} begins a run`);
  const json = (value: unknown) => `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
  return parts(
    `The smallest event that starts a run, sent to ${code(`POST /api/ingest/${dialect}`)}:`,
    json(shortest.incoming.body),
    "It becomes:",
    json(shortest.event),
  );
}
