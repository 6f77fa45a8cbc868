import { cookieOf } from "./session-principal";

const cookie = "watchfloor_wanted";
const keptSeconds = 15 * 60;
const longest = 2_000;

/** Header by which a page learns its own address, which Next tells none. */
export const pageHeader = "x-page";

/** A page of ours that somebody may be led to behind a sign-in, as path and query; null for anything else. */
export function pageOfOurs(address: string | null | undefined): string | null {
  if (address == null || address.length > longest || !/^\/[\x21-\x7e]*$/.test(address)) return null;
  const ours = "http://page.invalid";
  const url = URL.canParse(address, ours) ? new URL(address, ours) : null;
  // Without its dots a path may begin with two slashes (`/.//host`), behind which a browser reads another host.
  if (url?.origin !== ours || /^\/(?:$|\/|api\/|sign-in$|signed-out$)/.test(url.pathname)) return null;
  url.searchParams.delete("_rsc");
  return url.pathname + url.search;
}

/** Where a visitor without a session is sent, who wanted the page at `address`. */
export function signedOutPath(address: string | null): string {
  const wanted = pageOfOurs(address);
  return wanted === null ? "/signed-out" : `/signed-out?to=${encodeURIComponent(wanted)}`;
}

/** Keeps what a visitor wanted until a sign-in link is opened in the same browser; null where the address names nothing. */
export function wantedCookie(address: string): string | null {
  const wanted = pageOfOurs(new URLSearchParams(address.split("?")[1]).get("to"));
  return wanted === null ? null : `${cookie}=${encodeURIComponent(wanted)}; Path=/sign-in; HttpOnly; SameSite=Lax; Max-Age=${keptSeconds}`;
}

export const forgetWanted = `${cookie}=; Path=/sign-in; HttpOnly; SameSite=Lax; Max-Age=0`;

/** The page that this browser wanted before it was signed in. */
export function wantedPage(cookieHeader: string | undefined): string | null {
  const kept = cookieOf(cookieHeader, cookie);
  try {
    return pageOfOurs(kept === null ? null : decodeURIComponent(kept));
  } catch {
    return null;
  }
}
