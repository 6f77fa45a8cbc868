/** ANSI escape sequences: OSC, DCS and friends up to their terminator, CSI, then two-character escapes. */
const escapeSequences =
  /(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c|$)|(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|\u001b[ -/]*[0-~]?/g;
const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/** C0, C1, soft hyphen, bidi marks and overrides, invisible operators, BOM, interlinear and tag characters. ZWJ and ZWNJ stay: scripts and emoji need them. */
const unsafe =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g;

/** Untrusted text as one line that cannot move the cursor, recolour, retitle or reorder a terminal. */
export function plainText(text: string): string {
  return text.replace(escapeSequences, "").replace(lineBreaks, " ").replace(unsafe, "").toWellFormed().trim();
}

/** At most `limit` characters (code points), with an ellipsis when something was left out. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const points = Array.from(text.slice(0, limit * 2));
  return points.length <= limit && text.length <= limit * 2 ? text : `${points.slice(0, limit - 1).join("")}…`;
}

/** JSON text whose remaining unsafe characters are written as escapes: the same value, harmless on a terminal. */
export function plainJson(json: string): string {
  return json.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
