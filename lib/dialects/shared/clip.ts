import { headOf } from "../../core/head-of";

/**
 * What tells a terminal its colours, and stands for nothing elsewhere: control sequences (ESC [ ... m), titles and links up to their end
 * (ESC ] ... BEL), and the short ones (ESC c, ESC ( B); from the one character U+009B as well.
 */
const terminal =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]*[0-OQ-WYZ`-~]/g;
/** Nearly all text is one line already; to write it anew, space by space, costs more than all else that is read of an event. */
const uneven = /[^\S ]|[\u0000-\u001f\u007f-\u009f]| {2}|^ | $/;
const blanks = /[\s\u0000-\u001f\u007f-\u009f]+/g;

/**
 * One line of at most `limit` characters: a terminal's escape sequences go, runs of blanks, line breaks and control characters become
 * one space, a cut ends in an ellipsis. Empty text gives undefined.
 */
export function clip(text: string | undefined, limit = 200): string | undefined {
  if (text === undefined) return undefined;
  const head = text.length > limit * 8 ? headOf(text, limit * 8) : text;
  const line = uneven.test(head) ? head.replace(terminal, "").replace(blanks, " ").trim() : head;
  if (line === "") return undefined;
  if (line.length <= limit && head.length === text.length) return line;
  return `${withoutHalfPair(line.slice(0, limit - 1)).trimEnd()}…`;
}

function withoutHalfPair(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text;
}
