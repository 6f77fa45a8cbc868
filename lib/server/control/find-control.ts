import { and, desc, eq } from "drizzle-orm";
import { controlListeners, controlRequests, sources } from "@/db/schema";
import type { RunControl } from "@/lib/core/api/control";
import { askedStatus, type Controllable, controlChoices } from "@/lib/core/control/may-control";
import { reachableActions } from "@/lib/dialects/source-endpoints";
import { DomainError } from "../errors";
import type { CachedRun } from "../events/append/run-cache";
import { services } from "../services";
import { holdsRun } from "../sources/close-stream";
import { isUuid } from "../uuid";
import { type ControlRow, desiredOf, toControl } from "./control-row";

type Place = { readonly projectId: string; readonly id: string };

export async function latestControl({ projectId, id }: Place): Promise<ControlRow | null> {
  const [row] = await services()
    .db.select()
    .from(controlRequests)
    .where(and(eq(controlRequests.projectId, projectId), eq(controlRequests.runId, id)))
    .orderBy(desc(controlRequests.number))
    .limit(1);
  return row ?? null;
}

/** A control request of this run. Throws not_found. */
export async function findControl(run: Place, id: string): Promise<ControlRow> {
  const [row] = isUuid(id)
    ? await services()
        .db.select()
        .from(controlRequests)
        .where(and(eq(controlRequests.projectId, run.projectId), eq(controlRequests.runId, run.id), eq(controlRequests.id, id)))
    : [];
  if (!row) throw new DomainError("not_found", "This run has no control request with this id.", { path: "request" });
  return row;
}

/** Whether and how a run's control requests can be delivered. */
export async function reachOf(run: CachedRun): Promise<Pick<Controllable, "dialect" | "listening" | "reachable">> {
  const { db } = services();
  const [held, [listener], [source]] = await Promise.all([
    holdsRun(run),
    db
      .select({ runId: controlListeners.runId })
      .from(controlListeners)
      .where(and(eq(controlListeners.projectId, run.projectId), eq(controlListeners.runId, run.id))),
    db
      .select({ address: sources.address })
      .from(sources)
      .where(and(eq(sources.projectId, run.projectId), eq(sources.id, run.source.id))),
  ]);
  const { dialect } = run.source;
  return {
    dialect,
    listening: listener !== undefined,
    reachable: [...(source?.address ? reachableActions(dialect) : []), ...(held ? (["cancel"] as const) : [])],
  };
}

/** What was asked of a run, and what may be asked of it now. */
export async function controlOf(run: CachedRun): Promise<RunControl> {
  const [latest, reach] = await Promise.all([latestControl(run), reachOf(run)]);
  const { status } = run.state.lifecycle;
  const open = latest?.outcome === "open" ? latest : null;
  const next = askedStatus(status, open?.action);
  // The request counts once it is committed; its event may follow a moment later.
  const isBehind = open !== null && (open.recordedSeq === null || open.recordedSeq > run.lastSeq);
  return {
    run: { id: run.id, externalId: run.externalId, dialect: run.source.dialect },
    status: isBehind ? next : status,
    desired: desiredOf(latest),
    latest: latest === null ? null : toControl(latest),
    choices: controlChoices({ ...reach, status: next }).map(({ action, refusal }) => ({ action, possible: refusal === null, refusal })),
  };
}
