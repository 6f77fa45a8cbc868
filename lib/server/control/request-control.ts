import { and, desc, eq, isNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { controlRequests, runs, webhookDeliveries } from "@/db/schema";
import type { Control } from "@/lib/core/api/control";
import { askedStatus, type Controllable, controlRefusal } from "@/lib/core/control/may-control";
import type { ControlAction } from "@/lib/core/control/words";
import { storableText } from "@/lib/core/json-storable";
import { isTerminal, type RunStatus } from "@/lib/core/run/status";
import { DomainError, type ErrorCode } from "../errors";
import type { CachedRun } from "../events/append/run-cache";
import { claimMs } from "../leases";
import { findRun } from "../runs/find-run";
import { services } from "../services";
import { uuidv7 } from "../uuid";
import { type ControlRow, toControl } from "./control-row";
import { reachOf } from "./find-control";
import { tryRecordControls } from "./record-control";

/** Who asks: the signed-in person, a key's owner, or a rule by its name. */
export type Asker = { readonly name: string; readonly keyId?: string };

export type WantedControl = { readonly action: ControlAction; readonly reason?: string; readonly asker: Asker };

/** What a control request may be refused with. */
export const controlRefusals: readonly ErrorCode[] = ["run_ended", "already_paused", "not_paused", "being_cancelled", "not_controllable"];

/**
 * Asks a run's agent to pause, resume or stop. The request is committed before it becomes an event of the run, and a run has at most one
 * open: asking for the same again returns the existing request (`repeated`), asking for something else replaces it. Throws not_found,
 * run_ended, already_paused, not_paused, being_cancelled and not_controllable.
 */
export async function requestControl(
  place: { readonly projectId: string; readonly id: string },
  wanted: WantedControl,
): Promise<{ control: Control; repeated: boolean }> {
  const run = await findRun(place.projectId, place.id);
  if (run.kind !== "run")
    throw new DomainError("not_found", "This is the activity of a source, not a run, and cannot be controlled.", { path: "run" });
  const { stored, before, repeated } = await store(run, { wanted, reach: await reachOf(run) });
  if (repeated) return { control: toControl(stored), repeated };
  services().controls.wake(run.projectId, run.id, stored.number);
  await tryRecordControls(run, before === null ? [stored] : [before, stored]);
  const [now] = await services().db.select().from(controlRequests).where(isRow(stored));
  return { control: toControl(now ?? stored), repeated };
}

type Wish = { readonly wanted: WantedControl; readonly reach: Pick<Controllable, "dialect" | "listening" | "reachable"> };
type Stored = { readonly stored: ControlRow; readonly before: ControlRow | null; readonly repeated: boolean };

/** Locks the run's row as an append does, so nothing happens to the run between the check and the request. */
function store(run: CachedRun, { wanted, reach }: Wish): Promise<Stored> {
  return services().db.transaction(async (tx) => {
    const [locked] = await tx
      .select({ status: runs.status })
      .from(runs)
      .where(and(eq(runs.projectId, run.projectId), eq(runs.id, run.id)))
      .for("update");
    const [latest] = await tx
      .select()
      .from(controlRequests)
      .where(and(eq(controlRequests.projectId, run.projectId), eq(controlRequests.runId, run.id)))
      .orderBy(desc(controlRequests.number))
      .limit(1);
    const open = latest?.outcome === "open" ? latest : null;
    const status = askedStatus((locked?.status ?? "queued") as RunStatus, open?.action);
    if (latest && stands(latest, wanted.action, status)) return { stored: latest, before: null, repeated: true };
    const refusal = controlRefusal({ ...reach, status }, wanted.action);
    if (refusal !== null) throw new DomainError(refusal.code, refusal.message, latest ? { beside: { control: toControl(latest) } } : {});
    if (open !== null) await supersede(tx, open);
    const nowMs = services().now();
    const [stored] = await tx
      .insert(controlRequests)
      .values({
        projectId: run.projectId,
        id: uuidv7(nowMs),
        runId: run.id,
        number: (latest?.number ?? 0) + 1,
        action: wanted.action,
        outcome: "open",
        reason: wanted.reason ? storableText(wanted.reason, wanted.reason.length) : null,
        requestedBy: wanted.asker.name,
        requestedByKey: wanted.asker.keyId ?? null,
        requestedAtMs: nowMs,
        claimedUntilMs: nowMs + claimMs,
      })
      .returning();
    if (!stored) throw new Error("a control request could not be stored");
    return { stored, before: open?.recordedSeq === null ? open : null, repeated: false };
  });
}

/** Undelivered webhooks of the old request are dropped: they would arrive after the request that replaced it. */
async function supersede(tx: Tx, open: ControlRow): Promise<void> {
  await tx.update(controlRequests).set({ outcome: "superseded" }).where(isRow(open));
  await tx
    .update(webhookDeliveries)
    .set({ status: "failed", nextAttemptMs: null })
    .where(
      and(
        eq(webhookDeliveries.projectId, open.projectId),
        eq(webhookDeliveries.subject, open.id),
        eq(webhookDeliveries.status, "pending"),
        isNull(webhookDeliveries.lockedBy),
      ),
    );
}

type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];

function isRow(row: Pick<ControlRow, "projectId" | "id">) {
  return and(eq(controlRequests.projectId, row.projectId), eq(controlRequests.id, row.id));
}

/** Whether the latest request already asks for this, and the run has not moved on since. */
function stands(latest: ControlRow, action: ControlAction, status: RunStatus): boolean {
  if (latest.action !== action || isTerminal(status)) return false;
  return latest.outcome === "open" || (action === "pause" && latest.outcome === "effective" && status === "paused");
}
