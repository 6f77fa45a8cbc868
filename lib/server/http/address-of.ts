import { services } from "../services";
import type { Call } from "./call";

/** Whether the caller came over TLS: the proxy in front of us says so, or the request uses the configured https address. */
export function isSecure(call: Pick<Call, "header">): boolean {
  return call.header("x-forwarded-proto")?.split(",", 1)[0]?.trim() === "https" || services().setUrl === `https://${call.header("host")}`;
}

/** Whether a browser trusts the connection: TLS, or the machine that it runs on. Elsewhere it treats some headers as a mistake. */
export function isTrusted(call: Pick<Call, "header">): boolean {
  return isSecure(call) || /^(?:(?:[^.]+\.)?localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/i.test(call.header("host") ?? "");
}

/**
 * The address at which this caller reaches us, without a trailing slash, for links that only the caller gets: the configured one
 * (WATCHFLOOR_PUBLIC_URL), or else the one that the request names.
 */
export function addressOf(call: Pick<Call, "header">): string {
  const { setUrl, publicUrl } = services();
  const named = `${isSecure(call) ? "https" : "http"}://${call.header("host") ?? ""}`;
  return setUrl ?? (URL.canParse(named) ? new URL(named).origin : publicUrl());
}
