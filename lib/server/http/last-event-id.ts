import type { Call } from "./call";

/**
 * The id after which a reader resumes: the header's, or else the first of the others that is set; "" = none. The header takes precedence,
 * because a reconnecting EventSource sends the newer id there, along with its original address. An empty one is ignored.
 */
export function lastEventIdOf(call: Pick<Call, "header">, ...others: readonly (string | null | undefined)[]): string {
  const ids = [utf8Of(call.header("last-event-id") ?? ""), ...others];
  return ids.find((id) => id != null && id.trim() !== "") ?? "";
}

const controls = /[\u0000-\u0008\u000a-\u001f\u007f]/;
const strict = new TextDecoder("utf-8", { fatal: true });

/** Browsers write the id into the header as UTF-8, which HTTP decodes as one character per byte. */
function utf8Of(header: string): string {
  try {
    return strict.decode(Buffer.from(header, "latin1"));
  } catch {
    return header;
  }
}

/** The header that sends the id to another server, as a browser writes it; none for an id that no header can hold. */
export function lastEventIdHeader(id: string): { readonly "last-event-id"?: string } {
  return controls.test(id) ? {} : { "last-event-id": Buffer.from(id, "utf8").toString("latin1") };
}
