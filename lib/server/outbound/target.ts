import { isIP } from "node:net";
import { addressVerdict } from "./address-rules";

/** An address that we do not send to. The message says why and never repeats the address. */
export class TargetRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = "TargetRefused";
  }
}

const maxUrlChars = 2_000;
const innerHint = "The address is inside this network. WATCHFLOOR_ALLOW_PRIVATE_TARGETS=1 allows loopback and private addresses.";

/** Parses a target address without resolving its name. Throws TargetRefused. */
export function parseTarget(text: string, allowPrivate: boolean): URL {
  if (text.length > maxUrlChars) throw new TargetRefused(`The address is longer than ${maxUrlChars} characters.`);
  const authority = /^https?:\/\/([^/?#\\]*)/i.exec(text)?.[1];
  const url = URL.canParse(text) ? new URL(text) : null;
  if (authority === undefined || url === null) throw new TargetRefused("The address must be a URL that begins with http:// or https://.");
  if (url.username !== "" || url.password !== "" || authority.includes("@"))
    throw new TargetRefused("The address must not contain a user name or password.");
  url.hash = "";
  const host = hostOf(url);
  if (isIP(host) === 4 && authority.replace(/:\d*$/, "") !== host)
    throw new TargetRefused("Write an IPv4 address as four decimal numbers.");
  if (isIP(host) !== 0) refuseInner(host, allowPrivate);
  else if (!allowPrivate && /^(?:.+\.)?localhost\.?$/i.test(host)) throw new TargetRefused(innerHint);
  return url;
}

/** Throws TargetRefused for an IP address that must not be reached. */
export function refuseInner(address: string, allowPrivate: boolean): void {
  const verdict = addressVerdict(address);
  if (verdict === "never") throw new TargetRefused("Watchfloor never sends to link-local, metadata or reserved addresses.");
  if (verdict === "private" && !allowPrivate) throw new TargetRefused(innerHint);
}

/** The host of a URL; IPv6 addresses lose their brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, "$1");
}
