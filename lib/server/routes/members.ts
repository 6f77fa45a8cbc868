import { z } from "zod";
import { Invited, Member, MemberChange, MemberLink, MemberList, NewMember } from "@/lib/core/members/member";
import { aboutInvited, aboutMember } from "../audit/about";
import { addressOf } from "../http/address-of";
import { bodyOf } from "../http/body-of";
import { json } from "../http/call";
import { wordOf } from "../http/query";
import type { Route } from "../http/route";
import { changeMember } from "../members/change-member";
import { createMember } from "../members/create-member";
import { listMembers } from "../members/list-members";
import { newMemberLink } from "../members/new-member-link";
import { removeMember } from "../members/remove-member";

/** The link is a credential. */
const secret = { "cache-control": "no-store" };

const list: Route = {
  method: "GET",
  path: "/api/members",
  scope: "read",
  doc: { summary: "The members of this project and their roles", reply: MemberList },
  run: async ({ principal }) => json(200, { members: await listMembers(principal.projectId) }),
};

const create: Route = {
  method: "POST",
  path: "/api/members",
  scope: "admin",
  audit: { action: "member.create", about: aboutInvited },
  doc: {
    summary: "Creates a member and a link that signs one browser in as them, once, within 24 hours",
    body: NewMember,
    reply: Invited,
    status: 201,
    refusals: ["conflict"],
  },
  run: async (call) => {
    const member = await createMember(call.principal, await bodyOf(call, NewMember));
    return json(201, { member, ...(await newMemberLink(call.principal, member.id, addressOf(call))) }, secret);
  },
};

const change: Route = {
  method: "PATCH",
  path: "/api/members/:member",
  scope: "admin",
  audit: { action: "member.change", about: aboutMember },
  doc: {
    summary: "Changes a member's name or role, in all their browsers at once",
    body: MemberChange,
    reply: Member,
    refusals: ["conflict"],
  },
  run: async (call) => json(200, await changeMember(call.principal, call.params.member as string, await bodyOf(call, MemberChange))),
};

const link: Route = {
  method: "POST",
  path: "/api/members/:member/links",
  scope: "admin",
  audit: { action: "member.link" },
  doc: {
    summary: "Creates a sign-in link for another browser of the member; an earlier unused link stops working",
    reply: MemberLink,
    status: 201,
  },
  run: async (call) => json(201, await newMemberLink(call.principal, call.params.member as string, addressOf(call)), secret),
};

const remove: Route = {
  method: "DELETE",
  path: "/api/members/:member",
  scope: "admin",
  audit: { action: "member.remove" },
  doc: {
    summary: "Removes a member and ends their sessions and unused links at once; their decisions keep their name",
    query: z.object({ self: z.enum(["true"]).optional().describe("required to remove yourself") }),
    refusals: ["conflict"],
  },
  run: async ({ principal, params, query }) => {
    await removeMember(principal, params.member as string, { self: wordOf(query, "self", ["true"]) !== undefined });
    return { kind: "full", status: 204, body: null };
  },
};

export const memberRoutes: readonly Route[] = [list, create, change, link, remove];
