/** A key that nobody else makes: 32 hexadecimal digits. (`crypto.randomUUID` is there by TLS and on the browser's own machine alone.) */
export function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
