import { DomainError } from "../errors";

const prefixes = { webhook: "wh", delivery: "del", replay: "rpl" } as const;
type Noun = keyof typeof prefixes;

/** An id as it is shown outside: `wh_`, `del_` or `rpl_`, then the hexadecimal digits of the uuid. */
export function publicId(noun: Noun, uuid: string): string {
  return `${prefixes[noun]}_${uuid.replaceAll("-", "")}`;
}

/** The uuid of a public id. Throws not_found, because no other text is an id. */
export function uuidOf(noun: Noun, id: string): string {
  const hex = /^(?:[a-z]{2,3}_)?([0-9a-f]{32})$/.exec(id.replaceAll("-", "").toLowerCase())?.[1];
  if (hex === undefined) throw noSuch(noun);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export function noSuch(noun: Noun): DomainError {
  return new DomainError("not_found", `There is no ${noun} with this id in this project.`, { path: noun });
}
