import type { Approval, ExactTexts } from "../events/canonical";
import { parseExact } from "../exact-json";
import type { Json } from "../json";

type Said = { readonly [part in "arguments" | "answer" | "editedArguments"]?: Json };

/** A part of a request or decision as it was written, its numbers and repeated keys included. */
export function exactPart(said: Said, exact: ExactTexts | null | undefined, part: keyof Said): Json {
  const text = exact?.[part];
  return text === undefined ? (said[part] ?? null) : parseExact(text);
}

/** The event as it is told: what is approved with every literal in place. Its texts stay beside it, for readers that parse to doubles. */
export function withExactParts<T extends { readonly approval?: Approval }>(event: T): T {
  const { approval } = event;
  const exact = approval?.exact;
  if (approval === undefined || exact === undefined) return event;
  const parts = (["arguments", "answer", "editedArguments"] as const).filter((part) => exact[part] !== undefined);
  const laidOver = Object.fromEntries(parts.map((part) => [part, exactPart(approval, exact, part)]));
  return { ...event, approval: { ...approval, ...laidOver } };
}

/** The same for people, who need no text beside it. */
export function shownExactly<T extends { readonly approval?: Approval }>(event: T): T {
  if (event.approval?.exact === undefined) return event;
  const { exact: _, ...approval } = withExactParts(event).approval as Approval;
  return { ...event, approval };
}
