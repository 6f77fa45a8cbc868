import { z } from "zod";
import { roles } from "./roles";

/** A browser that is signed in. */
export const Browser = /* @__PURE__ */ z.object({
  id: z.uuid(),
  as: z.enum(["owner", "member", "key"]).describe("whom it is signed in as; `key` = by a link that a key made"),
  name: z.string().describe("of the member or the key"),
  role: z.enum(roles).nullable().describe("of the member"),
  userAgent: z.string().nullable().describe("what the browser called itself when it was signed in; null = not known"),
  isThis: z.boolean().describe("it is the one that asks"),
  signedInAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime().describe("to some minutes"),
  expiresAt: z.iso.datetime(),
});
export type Browser = z.infer<typeof Browser>;

export const BrowserList = /* @__PURE__ */ z.object({ browsers: z.array(Browser) });
