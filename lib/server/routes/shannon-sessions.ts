import { z } from "zod";
import { stringifyExact } from "@/lib/core/exact-json";
import {
  ShannonSession,
  ShannonSessionListItem,
  ShannonSessionTask,
  shannonSession,
  shannonSessionListItem,
  shannonSessionTask,
} from "@/lib/dialects/shannon";
import type { CachedRun } from "../events/append/run-cache";
import { type Call, json } from "../http/call";
import { jsonInPieces } from "../http/in-pieces";
import { pageBounds, pageOf, pageParameters } from "../http/query";
import type { Route } from "../http/route";
import { listRunsByOffset, runRows } from "../runs/list-runs";
import { listedChars, type RunAnswer, runAnswers } from "../runs/run-answers";
import { runsFromRows } from "../runs/run-row";
import { summaryOf } from "../runs/summary-of";
import { services } from "../services";
import { findSession } from "../sessions/find-session";
import { listSessionsByOffset } from "../sessions/list-sessions";
import { type SessionSums, sessionOf } from "../sessions/session-sums";

export function sessionPage(limit: { fallback: number; max: number }) {
  return pageBounds(limit, 1_000_000);
}

const sessionPages = sessionPage({ fallback: 20, max: 100 });
const taskPages = sessionPage({ fallback: 1_000, max: 1_000 });

const list: Route = {
  method: "GET",
  path: "/api/v1/sessions",
  scope: "read",
  doc: {
    summary: "Shannon: sessions, the one with the newest task first",
    query: z.object(pageParameters(sessionPages)),
    reply: z.object({ sessions: z.array(ShannonSessionListItem), total_count: z.int() }),
  },
  run: async (call) => {
    const { projectId } = call.principal;
    const { rows, total } = await listSessionsByOffset(projectId, "shannon", pageOf(call.query, sessionPages));
    const latest = await latestOf(projectId, rows);
    const nowMs = services().now();
    const sessions = rows.map((row) => shannonSessionListItem({ ...listed(row, latest.get(row.latest_id)), nowMs }));
    return json(200, { sessions, total_count: total });
  },
};

const one: Route = {
  method: "GET",
  path: "/api/v1/sessions/:session",
  scope: "read",
  doc: { summary: "Shannon: a session", reply: ShannonSession },
  run: async (call) => json(200, shannonSession(sessionOf(await sessionCalled(call)))),
};

/** Tasks whose results are looked up, and held as text, at the same time. */
const answeredAtOnce = 50;

const history: Route = {
  method: "GET",
  path: "/api/v1/sessions/:session/history",
  scope: "read",
  doc: {
    summary: "Shannon: a session's tasks in the order they began",
    query: z.object(pageParameters(taskPages)),
    reply: z.object({ session_id: z.string(), tasks: z.array(ShannonSessionTask), total: z.int() }),
  },
  run: async (call) => {
    const { session_id } = await sessionCalled(call);
    const page = pageOf(call.query, taskPages);
    const { runs, total } = await tasksOf(call, session_id, page);
    return jsonInPieces(historyJson(session_id, runs, total));
  },
};

export const shannonSessionRoutes: readonly Route[] = [list, one, history];

export function sessionCalled({ principal, params }: Call): Promise<SessionSums> {
  return findSession(principal.projectId, params.session as string, "shannon");
}

export function tasksOf({ principal }: Call, session: string, page: { limit: number; offset: number }) {
  return listRunsByOffset(principal.projectId, { dialect: "shannon", session }, { ...page, order: "begun" });
}

/** The newest runs of these sessions, keyed by our id. */
async function latestOf(projectId: string, sessions: readonly SessionSums[]): Promise<ReadonlyMap<string, CachedRun>> {
  const ids = sessions.map((row) => row.latest_id);
  const runs = await runsFromRows(await runRows(projectId, { ids }, { limit: ids.length }));
  return new Map(runs.map((run) => [run.id, run]));
}

function listed(row: SessionSums, run: CachedRun | undefined) {
  const latest = run && { run: summaryOf(run), query: run.state.lifecycle.query };
  return { session: sessionOf(row), succeeded: row.succeeded, latest };
}

async function* historyJson(session: string, runs: readonly CachedRun[], total: number): AsyncGenerator<string> {
  yield `{"session_id":${JSON.stringify(session)},"tasks":[`;
  for (let at = 0; at < runs.length; at += answeredAtOnce) {
    const some = runs.slice(at, at + answeredAtOnce);
    const answers = await runAnswers(services().pool, some, listedChars);
    const tasks = some.map((run) => {
      const { lifecycle, usage } = run.state;
      const { query, output } = answers.get(run.id) as RunAnswer;
      return shannonSessionTask(summaryOf(run), { query, answer: output, mode: lifecycle.mode, usage });
    });
    yield (at === 0 ? "" : ",") + tasks.map((task) => stringifyExact(task)).join(",");
  }
  yield `],"total":${total}}`;
}
