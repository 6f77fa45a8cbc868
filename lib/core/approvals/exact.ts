import type { Approval, ExactTexts } from "../events/canonical";
import { parseExact } from "../exact-json";
import type { Json } from "../json";

type Said = { readonly [part in "arguments" | "answer" | "editedArguments"]?: Json };

/** A part of a request or decision exactly as written, including its numbers and repeated keys. */
export function exactPart(said: Said, exact: ExactTexts | null | undefined, part: keyof Said): Json {
  const text = exact?.[part];
  return text === undefined ? (said[part] ?? null) : parseExact(text);
}

/**
 * The event as it is sent out: what is approved keeps every literal. The exact texts stay beside it for readers that parse numbers as
 * doubles.
 */
export function withExactParts<T extends { readonly approval?: Approval }>(event: T): T {
  const { approval } = event;
  const exact = approval?.exact;
  if (approval === undefined || exact === undefined) return event;
  const parts = (["arguments", "answer", "editedArguments"] as const).filter((part) => exact[part] !== undefined);
  const laidOver = Object.fromEntries(parts.map((part) => [part, exactPart(approval, exact, part)]));
  return { ...event, approval: { ...approval, ...laidOver } };
}

/** The same for display, without the exact texts. */
export function shownExactly<T extends { readonly approval?: Approval }>(event: T): T {
  if (event.approval?.exact === undefined) return event;
  const { exact: _, ...approval } = withExactParts(event).approval as Approval;
  return { ...event, approval };
}
