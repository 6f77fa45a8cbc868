import { services } from "../services";
import type { Call } from "./call";

/** Whether the caller came over TLS: the proxy in front of us says so, or it is by the address that is set. */
export function isSecure(call: Pick<Call, "header">): boolean {
  return call.header("x-forwarded-proto")?.split(",", 1)[0]?.trim() === "https" || services().setUrl === `https://${call.header("host")}`;
}

/** Whether a browser trusts the way here: TLS, or the machine that it runs on. Elsewhere it takes some headers for a mistake. */
export function isTrusted(call: Pick<Call, "header">): boolean {
  return isSecure(call) || /^(?:(?:[^.]+\.)?localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/i.test(call.header("host") ?? "");
}

/**
 * The address at which this caller reaches us, without a slash at its end, for links that only the caller gets: the one that is set
 * (WATCHFLOOR_PUBLIC_URL), else the one that the request itself names.
 */
export function addressOf(call: Pick<Call, "header">): string {
  const { setUrl, publicUrl } = services();
  const named = `${isSecure(call) ? "https" : "http"}://${call.header("host") ?? ""}`;
  return setUrl ?? (URL.canParse(named) ? new URL(named).origin : publicUrl());
}
