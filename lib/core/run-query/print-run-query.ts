import { parseRunQuery } from "./parse-run-query";
import type { RunFilters } from "./run-filters";
import { quote } from "./words";

/** The query for these filters: parsing it returns them. */
export function printRunQuery(filters: RunFilters): string {
  const { status, dialect, source, environment, agent, model, session, cost, tokens, duration, since, q, sort } = filters;
  const terms = [
    status && `status:${status}`,
    named("source", dialect),
    named("source", source),
    named("environment", environment),
    named("agent", agent),
    named("model", model),
    named("session", session),
    cost && `cost:${cost}`,
    tokens && `tokens:${tokens}`,
    duration && `duration:${duration}`,
    since && `since:${since}`,
    sort && `sort:${sort}`,
    q && textOf(q),
  ];
  return terms.filter(Boolean).join(" ");
}

function named(key: string, value: string | null): string | null {
  if (value === null) return null;
  return /^[^\s"\\]+$/.test(value) ? `${key}:${value}` : `${key}:${quote(value)}`;
}

/** Bare if it parses back to the same text, else quoted: text may look like a term. */
function textOf(q: string): string {
  const { filters, problems } = parseRunQuery(q);
  const { q: read, ...others } = filters;
  const isSame = problems.length === 0 && read === q && Object.values(others).every((value) => value === null);
  return isSame ? q : quote(q);
}
