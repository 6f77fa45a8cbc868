import { DomainError } from "../errors";

const prefixes = { webhook: "wh", delivery: "del", replay: "rpl" } as const;
type Noun = keyof typeof prefixes;

/** An id as it leaves the server: `wh_`, `del_` or `rpl_` before the hexadecimal digits of the uuid. */
export function publicId(noun: Noun, uuid: string): string {
  return `${prefixes[noun]}_${uuid.replaceAll("-", "")}`;
}

/** The uuid of an id that left the server. Throws not_found, because any other text is the id of nothing. */
export function uuidOf(noun: Noun, id: string): string {
  const hex = /^(?:[a-z]{2,3}_)?([0-9a-f]{32})$/.exec(id.replaceAll("-", "").toLowerCase())?.[1];
  if (hex === undefined) throw noSuch(noun);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export function noSuch(noun: Noun): DomainError {
  return new DomainError("not_found", `There is no ${noun} with this id in this project.`, { path: noun });
}
