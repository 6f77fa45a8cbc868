/** The words that replace a redacted value; `mark` distinguishes different values and recognises equal ones (lib/server/redaction). */
export function placeholder(name: string, mark: string): string {
  return `[redacted ${name} #${mark}]`;
}

/** Finds what `placeholder` writes, in JSON text too. */
export const placeholderForm = /\[redacted [^[\]"\\]{1,60} #[0-9a-f]{8}\]/u;
