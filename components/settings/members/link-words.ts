/** What a member's link does, said where it is shown. */
export function linkWords(name: string): string {
  return `Send it to ${name}. It is shown this once, works once and within 24 hours. Opened here, it would make this browser theirs.`;
}
