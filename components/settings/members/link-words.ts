/** What a member's link does, said where it is shown. */
export function linkWords(name: string): string {
  return `Send it to ${name}. It is shown only once and works once, within 24 hours. Opening it here would sign this browser in as them.`;
}
