import type { SourceEndpoints } from "../shared/source-endpoints";

/** Read-only: the documentation has no path that cancels a run. */
export const crewshipEndpoints: SourceEndpoints = {
  headers: (token) => ({ authorization: `Bearer ${token}` }),
  actions: [],
  probe: "/v1/runs",
  runOfStream: (url) => {
    const named = /\/runs\/([^/]+)\/events$/.exec(url.pathname)?.[1];
    return named === undefined ? null : decodeURIComponent(named);
  },
};
