import { services } from "../services";

/** The place that a source's token is sealed for. */
export function tokenPlace(sourceId: string): string {
  return `source:${sourceId}`;
}

export function sealToken(sourceId: string, token: string): string {
  return services().sealer.seal(token, tokenPlace(sourceId));
}

/** The decrypted token; null if there is none. Throws SealError. */
export function openToken(sourceId: string, sealed: string | null): string | null {
  return sealed === null ? null : services().sealer.open(sealed, tokenPlace(sourceId));
}
