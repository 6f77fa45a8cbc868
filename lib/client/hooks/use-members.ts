import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { changeMember, inviteMember, makeMemberLink, removeMember } from "../api/members";
import { memberQueries } from "../queries/members";

export type { Invited, Member } from "../api/members";

/** The people in this project, and what can be done about them. */
export function useMembers() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries(memberQueries.members());
  return {
    list: useQuery(memberQueries.members()),
    invite: useMutation({ mutationFn: inviteMember, onSettled }),
    change: useMutation({ mutationFn: changeMember, onSettled }),
    link: useMutation({ mutationFn: makeMemberLink, onSettled }),
    remove: useMutation({ mutationFn: removeMember, onSettled }),
  };
}
