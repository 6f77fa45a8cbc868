/** The words that stand where a value was taken out; `mark` tells two values apart, and one value again (lib/server/redaction). */
export function placeholder(name: string, mark: string): string {
  return `[redacted ${name} #${mark}]`;
}

/** Finds what `placeholder` writes, in JSON text too. */
export const placeholderForm = /\[redacted [^[\]"\\]{1,60} #[0-9a-f]{8}\]/u;
