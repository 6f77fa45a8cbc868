import { z } from "zod";
import { roles } from "./roles";

/** A signed-in browser. */
export const Browser = /* @__PURE__ */ z.object({
  id: z.uuid(),
  as: z.enum(["owner", "member", "key"]).describe("who it is signed in as; `key` = by a link that a key created"),
  name: z.string().describe("name of the member or the key"),
  role: z.enum(roles).nullable().describe("role of the member"),
  userAgent: z.string().nullable().describe("the User-Agent at sign-in; null = unknown"),
  isThis: z.boolean().describe("whether it is the calling browser"),
  signedInAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime().describe("accurate to a few minutes"),
  expiresAt: z.iso.datetime(),
});
export type Browser = z.infer<typeof Browser>;

export const BrowserList = /* @__PURE__ */ z.object({ browsers: z.array(Browser) });
