import type { Invited, Member, MemberLink } from "@/lib/core/members/member";
import type { Role } from "@/lib/core/members/roles";
import { request } from "./request";

export type { Invited, Member, MemberLink };

const pathOf = (id: string) => `/api/members/${encodeURIComponent(id)}`;

export async function readMembers(signal?: AbortSignal): Promise<readonly Member[]> {
  return (await request<{ readonly members: readonly Member[] }>("/api/members", { signal })).members;
}

export function inviteMember(wanted: { readonly name: string; readonly role: Role }): Promise<Invited> {
  return request("/api/members", { method: "POST", body: wanted });
}

export function changeMember({ id, ...change }: { readonly id: string; readonly role?: Role; readonly name?: string }): Promise<Member> {
  return request(pathOf(id), { method: "PATCH", body: change });
}

export function makeMemberLink(id: string): Promise<MemberLink> {
  return request(`${pathOf(id)}/links`, { method: "POST", body: {} });
}

/** `self`: the member is who asks, and was told so. */
export function removeMember({ id, self }: { readonly id: string; readonly self: boolean }): Promise<void> {
  return request(`${pathOf(id)}${self ? "?self=true" : ""}`, { method: "DELETE" });
}
