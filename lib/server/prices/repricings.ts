import { and, desc, eq, inArray } from "drizzle-orm";
import { repricings } from "@/db/schema";
import type { NewRepricing, Repricing, RepricingList } from "@/lib/core/prices/repricing";
import { deciderName } from "../approvals/decider-name";
import { DomainError } from "../errors";
import type { Principal } from "../http/principal";
import { services } from "../services";
import { isUuid, uuidv7 } from "../uuid";
import { repricingOf } from "./repricing-row";

const listed = 20;

/**
 * Starts counting how the estimates would change; nothing is written until it is applied. Throws conflict if another repricing is
 * in progress.
 */
export async function askRepricing(principal: Principal, { model, from, to }: NewRepricing): Promise<Repricing> {
  const { db, now, prices } = services();
  const { projectId } = principal;
  const underWay = await db.$count(
    repricings,
    and(eq(repricings.projectId, projectId), inArray(repricings.status, ["counting", "applying"])),
  );
  if (underWay > 0) throw new DomainError("conflict", "Another repricing is under way.", { hint: "Wait for it, or cancel it." });
  const [row] = await db
    .insert(repricings)
    .values({
      ...{ projectId, model, id: uuidv7(now()), status: "counting", fromMs: Date.parse(from), toMs: Date.parse(to) },
      prices: (await prices.renew(projectId)).rules,
      createdBy: await deciderName(principal),
      createdAtMs: now(),
    })
    .returning();
  return repricingOf(row as NonNullable<typeof row>);
}

export async function listRepricings(projectId: string): Promise<RepricingList> {
  const rows = await services()
    .db.select()
    .from(repricings)
    .where(eq(repricings.projectId, projectId))
    .orderBy(desc(repricings.id))
    .limit(listed);
  return { repricings: rows.map(repricingOf) };
}

/** Requests that a counted repricing be written. Throws not_found and conflict. */
export async function applyRepricing(principal: Principal, id: string): Promise<Repricing> {
  const { pool, now } = services();
  const by = await deciderName(principal);
  const begun = isUuid(id)
    ? await pool`
        update repricings set status = 'applying', applied_by = ${by}, applied_at_ms = ${now()}, cursor = null, locked_by = null, locked_until_ms = null,
          counted = json_build_object('runsSeen', runs_seen, 'runsChanged', runs_changed, 'runsSkipped', runs_skipped, 'eventsChanged', events_changed,
            'beforeNanos', before_nanos, 'afterNanos', after_nanos, 'unpricedBefore', unpriced_before, 'unpricedAfter', unpriced_after),
          runs_seen = 0, runs_changed = 0, runs_skipped = 0, events_changed = 0, before_nanos = 0, after_nanos = 0, unpriced_before = 0, unpriced_after = 0
        where project_id = ${principal.projectId} and id = ${id} and status = 'counted' returning id`
    : [];
  const row = await findRow(principal.projectId, id);
  if (begun.length === 0)
    throw new DomainError("conflict", `This repricing is ${row.status}. Only a counted one can be applied.`, {
      beside: { repricing: repricingOf(row) },
    });
  return repricingOf(row);
}

/** Stops a repricing where it is: runs already repriced stay so. One that has ended stays as it ended. Throws not_found. */
export async function cancelRepricing(projectId: string, id: string): Promise<Repricing> {
  const { db, now } = services();
  if (isUuid(id))
    await db
      .update(repricings)
      .set({ status: "cancelled", endedAtMs: now() })
      .where(
        and(eq(repricings.projectId, projectId), eq(repricings.id, id), inArray(repricings.status, ["counting", "counted", "applying"])),
      );
  return repricingOf(await findRow(projectId, id));
}

async function findRow(projectId: string, id: string) {
  const [row] = isUuid(id)
    ? await services()
        .db.select()
        .from(repricings)
        .where(and(eq(repricings.projectId, projectId), eq(repricings.id, id)))
    : [];
  if (!row) throw new DomainError("not_found", "There is no repricing with this id.");
  return row;
}
