import type { Pool } from "@/db/client";
import type { Redactor } from "@/lib/core/redaction/redactor";
import { isUuid } from "../uuid";

type Asked = { readonly projectId: string /** As requested: our ids or a sender's. */; readonly ids: readonly string[] };

/** The ids by which a run can be found now (find-run.ts). */
export async function arrivedRuns(pool: Pool, redactor: Redactor | null, { projectId, ids }: Asked): Promise<string[]> {
  const asked = ids.flatMap((id, n) => {
    if (id.includes("\u0000")) return [];
    const given = id.toWellFormed();
    return { n, given, kept: redactor?.text(given) ?? given, own: isUuid(id) ? id : null };
  });
  const rows = await pool`
    select t.n from json_to_recordset(${JSON.stringify(asked)}::text::json) as t(n int, given text, kept text, own uuid)
    where exists (select from runs where project_id = ${projectId} and external_id = t.given)
      or exists (select from runs where project_id = ${projectId} and external_id = t.kept)
      or exists (select from runs where project_id = ${projectId} and id = t.own)`;
  return rows.flatMap((row) => ids[row.n as number] ?? []);
}
