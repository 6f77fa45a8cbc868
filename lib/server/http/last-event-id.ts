import type { Call } from "./call";

/**
 * The id behind which a reader goes on: the header's, else the first of the others that says one; "" = it names none. The header goes first,
 * because an EventSource that comes back sends the newer id there, and the address that it was made with. An empty one says nothing.
 */
export function lastEventIdOf(call: Pick<Call, "header">, ...others: readonly (string | null | undefined)[]): string {
  const ids = [utf8Of(call.header("last-event-id") ?? ""), ...others];
  return ids.find((id) => id != null && id.trim() !== "") ?? "";
}

const controls = /[\u0000-\u0008\u000a-\u001f\u007f]/;
const strict = new TextDecoder("utf-8", { fatal: true });

/** Browsers write the id into the header as UTF-8, of which HTTP makes one character a byte. */
function utf8Of(header: string): string {
  try {
    return strict.decode(Buffer.from(header, "latin1"));
  } catch {
    return header;
  }
}

/** The header that says so to another server, as a browser writes it; none for an id that no header can hold. */
export function lastEventIdHeader(id: string): { readonly "last-event-id"?: string } {
  return controls.test(id) ? {} : { "last-event-id": Buffer.from(id, "utf8").toString("latin1") };
}
