import { BrowserList } from "@/lib/core/members/browser";
import { json } from "../http/call";
import type { Route } from "../http/route";
import { listBrowsers, signBrowserOut } from "../session/browsers";

const list: Route = {
  method: "GET",
  path: "/api/browsers",
  scope: "read",
  doc: {
    summary: "Signed-in browsers: the caller's own; for an admin, the whole project's; for the owner, the owner's too",
    reply: BrowserList,
  },
  run: async ({ principal }) => json(200, { browsers: await listBrowsers(principal) }),
};

const end: Route = {
  method: "DELETE",
  path: "/api/browsers/:browser",
  scope: "read",
  audit: { action: "session.revoke" },
  doc: { summary: "Signs a browser out; its open streams end within five seconds" },
  run: async ({ principal, params }) => {
    await signBrowserOut(principal, params.browser as string);
    return { kind: "full", status: 204, body: null };
  },
};

export const browserRoutes: readonly Route[] = [list, end];
