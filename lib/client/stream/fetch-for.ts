import { projectHeader } from "../project/current-project";

/** fetch that is refused once the browser has gone to another project than this; "" = whichever it is in. */
export function fetchFor(projectId: string): typeof fetch {
  if (projectId === "") return (...request) => fetch(...request);
  return (input, init) => fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), [projectHeader]: projectId } });
}
