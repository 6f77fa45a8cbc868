import type { Route } from "../route";

type Tag = { readonly name: string; readonly description: string; readonly paths: RegExp };

const anyBase = "^(?:/api/v1|/v1|)";

/** Every route's topic. The first match wins: other systems' addresses come before ours. */
export const tags: readonly Tag[] = [
  { name: "Ingest", description: "Send events", paths: /^\/(?:events|api\/ingest(?:\/.*)?)$/ },
  { name: "Webhooks", description: "URLs that are notified of events", paths: new RegExp(`${anyBase}/webhooks(?:/|$)`) },
  {
    name: "Replays",
    description: "A range of events, sent again",
    paths: /^(?:(?:\/api)?\/v1\/events\/replay|\/api\/runs\/:run\/replay)(?:\/|$)/,
  },
  { name: "Shannon", description: "The replies of its own server", paths: /^\/api\/v1\/(?:stream|tasks|sessions|approvals)(?:\/|$)/ },
  { name: "Powabase", description: "The replies of its own server", paths: /^\/api\/(?:agents|orchestrations)\// },
  { name: "Crewship", description: "The replies of its own server", paths: /^\/v1\/runs(?:\/|$)/ },
  { name: "ResonantGenesis", description: "The replies of its own server", paths: /^(?:\/api)?\/v1\/events(?:\/|$)/ },
  { name: "Claude Code", description: "Its hooks, decided by people", paths: /^\/api\/hooks\/claude-code$/ },
  { name: "HumanLayer", description: "Its calls, answered by people", paths: /^\/api\/humanlayer\// },
  { name: "Control", description: "Pause, resume, cancel", paths: /^\/api\/runs\/(?::run\/)?(?:control|pause|resume|cancel)(?:\/|$)/ },
  { name: "Runs", description: "Runs and their events", paths: /^\/api\/(?:runs|stream|inspect)(?:\/|$)/ },
  { name: "Sessions", description: "Runs that belong together", paths: /^\/api\/sessions(?:\/|$)/ },
  {
    name: "Approvals",
    description: "Requests to people, and decisions",
    paths: /^\/api\/(?:approvals|standing-approvals|approval-policy)(?:\/|$)/,
  },
  { name: "Costs", description: "Tokens, money, prices and budgets", paths: /^\/api\/(?:costs|budgets|prices|repricings)(?:\/|$)/ },
  { name: "Alerts", description: "Rules, firing alerts, channels", paths: /^\/api\/alerts(?:\/|$)/ },
  { name: "Sources", description: "Where runs come from, and how to reach it", paths: /^\/api\/sources(?:\/|$)/ },
  {
    name: "Access",
    description: "Keys, members, browsers",
    paths: /^(?:\/sign-in|\/api\/(?:me|keys|members|browsers|sign-in-links|sign-out))(?:\/|$)/,
  },
  { name: "Project", description: "Projects, redaction, audit log", paths: /^\/api\/(?:projects|redaction|audit)(?:\/|$)/ },
  { name: "System", description: "The server itself", paths: /^(?:\/metrics|\/api\/(?:health|ready|openapi\.json|demo))$/ },
];

/** Throws when no tag matches a route. */
export function tagOf({ path }: Pick<Route, "path">): string {
  const tag = tags.find(({ paths }) => paths.test(path));
  if (!tag) throw new Error(`${path} has no tag: add it to lib/server/http/openapi/tags.ts`);
  return tag.name;
}
