import { cookieOf } from "./session-principal";

const cookie = "watchfloor_wanted";
const keptSeconds = 15 * 60;
const longest = 2_000;

/** Tells a page its own address, which Next does not provide. */
export const pageHeader = "x-page";

/** One of our pages to redirect to after sign-in, as path and query; null for anything else. */
export function pageOfOurs(address: string | null | undefined): string | null {
  if (address == null || address.length > longest || !/^\/[\x21-\x7e]*$/.test(address)) return null;
  const ours = "http://page.invalid";
  const url = URL.canParse(address, ours) ? new URL(address, ours) : null;
  // Once its dots are resolved a path may begin with two slashes (`/.//host`), which a browser reads as another host.
  if (url?.origin !== ours || /^\/(?:$|\/|api\/|sign-in$|signed-out$)/.test(url.pathname)) return null;
  url.searchParams.delete("_rsc");
  return url.pathname + url.search;
}

/** Where to send a visitor without a session who wanted the page at `address`. */
export function signedOutPath(address: string | null): string {
  const wanted = pageOfOurs(address);
  return wanted === null ? "/signed-out" : `/signed-out?to=${encodeURIComponent(wanted)}`;
}

/** Remembers the wanted page until a sign-in link is opened in the same browser; null if the address names none. */
export function wantedCookie(address: string): string | null {
  const wanted = pageOfOurs(new URLSearchParams(address.split("?")[1]).get("to"));
  return wanted === null ? null : `${cookie}=${encodeURIComponent(wanted)}; Path=/sign-in; HttpOnly; SameSite=Lax; Max-Age=${keptSeconds}`;
}

export const forgetWanted = `${cookie}=; Path=/sign-in; HttpOnly; SameSite=Lax; Max-Age=0`;

/** The page that this browser wanted before it signed in. */
export function wantedPage(cookieHeader: string | undefined): string | null {
  const kept = cookieOf(cookieHeader, cookie);
  try {
    return pageOfOurs(kept === null ? null : decodeURIComponent(kept));
  } catch {
    return null;
  }
}
