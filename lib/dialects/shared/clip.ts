import { headOf } from "../../core/head-of";

const blanks = /[\s\u0000-\u001f\u007f-\u009f]+/g;

/** One line of at most `limit` characters: runs of blanks, line breaks and control characters become one space, a cut ends in an ellipsis. Empty text gives undefined. */
export function clip(text: string | undefined, limit = 200): string | undefined {
  if (text === undefined) return undefined;
  const head = text.length > limit * 8 ? headOf(text, limit * 8) : text;
  const line = head.replace(blanks, " ").trim();
  if (line === "") return undefined;
  if (line.length <= limit && head.length === text.length) return line;
  return `${withoutHalfPair(line.slice(0, limit - 1)).trimEnd()}…`;
}

function withoutHalfPair(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text;
}
