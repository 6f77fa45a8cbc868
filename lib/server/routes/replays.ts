import { z } from "zod";
import { NewReplay, NewRunReplay, Replay, ReplayList, StartedReplay } from "@/lib/core/webhooks/replay";
import { atBases } from "../http/at-bases";
import { bodyOf } from "../http/body-of";
import { json } from "../http/call";
import { ofOne } from "../http/of-one";
import { integerOf, integerParameter } from "../http/query";
import type { Route } from "../http/route";
import { cancelReplay } from "../replays/cancel-replay";
import { findReplay } from "../replays/find-replay";
import { listReplays } from "../replays/list-replays";
import { startReplay } from "../replays/start-replay";
import { findRun } from "../runs/find-run";

const pageLimit = { fallback: 20, min: 1, max: 100 };

const start: Route = {
  method: "POST",
  path: "/events/replay",
  scope: "admin",
  audit: { action: "replay.start" },
  doc: {
    summary: "ResonantGenesis: replays a range of events to a URL, in order",
    body: NewReplay,
    reply: StartedReplay,
    status: 202,
  },
  run: async (call) => json(202, await startReplay(call.principal.projectId, await bodyOf(call, NewReplay))),
};

const list: Route = {
  method: "GET",
  path: "/events/replay",
  scope: "admin",
  doc: { summary: "Replays, newest first", query: z.object({ limit: integerParameter(pageLimit) }), reply: ReplayList },
  run: async ({ principal, query }) => json(200, { data: await listReplays(principal.projectId, integerOf(query, "limit", pageLimit)) }),
};

const one: Route = {
  method: "GET",
  path: "/events/replay/:replay",
  scope: "read",
  doc: { summary: "ResonantGenesis: the progress of a replay", reply: Replay },
  run: ofOne("replay", findReplay),
};

const cancel: Route = {
  method: "DELETE",
  path: "/events/replay/:replay",
  scope: "admin",
  audit: { action: "replay.cancel" },
  doc: { summary: "Stops a replay", reply: Replay },
  run: ofOne("replay", cancelReplay),
};

/** Our own endpoint; ResonantGenesis' replays a single run. */
export const runReplayRoute: Route = {
  method: "POST",
  path: "/api/runs/:run/replay",
  scope: "admin",
  audit: { action: "replay.start" },
  doc: { summary: "Replays a run's events to a URL, in order", body: NewRunReplay, reply: StartedReplay, status: 202 },
  run: async (call) => {
    const wanted = await bodyOf(call, NewRunReplay);
    const run = await findRun(call.principal.projectId, call.params.run as string);
    return json(202, await startReplay(call.principal.projectId, { ...wanted, runId: run.id }));
  },
};

export const replayRoutes: readonly Route[] = atBases(["/api/v1", "/v1"], [start, list, one, cancel]);
