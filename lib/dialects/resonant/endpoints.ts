import { isJsonObject } from "../../core/json";
import { isoOf, own } from "../shared";
import type { SourceEndpoints } from "../shared/source-endpoints";

const pageEvents = 100;

/** Read-only: the platform has no path that decides or cancels. */
export const resonantEndpoints: SourceEndpoints = {
  headers: (token) => ({ authorization: `Bearer ${token}` }),
  actions: [],
  probe: "/api/v1/events?limit=1",
  runOfStream: (url) => url.searchParams.get("session_id"),
  history: ({ run, sinceMs }) => {
    const asked = new URLSearchParams({ limit: String(pageEvents), offset: "0" });
    if (sinceMs !== null) asked.set("since", isoOf(sinceMs));
    if (run !== null) asked.set("session_id", run);
    return `/api/v1/events?${asked}`;
  },
  historyPage: (reply, path) => {
    const found = own(reply, "data", "events") ?? reply;
    const events = Array.isArray(found) ? found.filter(isJsonObject) : [];
    const offset = Number(/offset=(\d+)/.exec(path)?.[1] ?? 0);
    const more = own(own(reply, "pagination"), "has_more") === true && events.length > 0;
    return { events, cursor: null, next: more ? path.replace(/offset=\d+/, `offset=${offset + events.length}`) : null };
  },
};
