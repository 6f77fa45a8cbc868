import { z } from "zod";
import { MemberName } from "./member-name";
import { roles } from "./roles";

/** A person in a project. */
export const Member = /* @__PURE__ */ z.object({
  id: z.uuid(),
  name: z.string(),
  role: z.enum(roles),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  lastSeenAt: z.iso.datetime().nullable().describe("accurate to a few minutes; null = has not signed in yet"),
});
export type Member = z.infer<typeof Member>;

export const MemberList = /* @__PURE__ */ z.object({ members: z.array(Member) });

export const NewMember = /* @__PURE__ */ z.strictObject({ name: MemberName, role: z.enum(roles) });
export type NewMember = z.infer<typeof NewMember>;

export const MemberChange = /* @__PURE__ */ z
  .strictObject({ name: MemberName, role: z.enum(roles) })
  .partial()
  .refine(({ name, role }) => name !== undefined || role !== undefined, "Give a name, a role or both.");
export type MemberChange = z.infer<typeof MemberChange>;

/** A link that signs in one browser as the member, once, within 24 hours. */
export const MemberLink = /* @__PURE__ */ z.object({ url: z.string() });
export type MemberLink = z.infer<typeof MemberLink>;

export const Invited = /* @__PURE__ */ z.object({ member: Member, url: z.string() });
export type Invited = z.infer<typeof Invited>;
