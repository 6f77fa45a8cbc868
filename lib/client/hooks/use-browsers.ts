import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { signBrowserOut } from "../api/browsers";
import { browserQueries } from "../queries/browsers";

export type { Browser } from "../api/browsers";

/** Browsers that are signed in, as far as this one may see them, and how to sign another one out. */
export function useBrowsers() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries(browserQueries.browsers());
  return { list: useQuery(browserQueries.browsers()), signOut: useMutation({ mutationFn: signBrowserOut, onSettled }) };
}
