import { queryOptions } from "@tanstack/react-query";
import { readMembers } from "../api/members";

export const memberQueries = {
  members: () => queryOptions({ queryKey: ["members"], queryFn: ({ signal }) => readMembers(signal) }),
};
