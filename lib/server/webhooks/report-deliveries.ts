import { acceptEvent, isRejection } from "../ingest/accept-event";
import type { Services } from "../services";
import { isOneOf, takenInOrder } from "../taken-in-order";
import { type Reported, reportEvent } from "./report-event";

export type Report = Reported & { readonly projectId: string; readonly sourceName: string; readonly finishedAtMs: number };

type Context = Pick<Services, "pool" | "appender" | "sources">;

/**
 * Writes `webhook.sent` and `webhook.failed` into the activity stream of each delivery's source, then marks the attempt as
 * reported. An event's id is that of the attempt, so that a report repeated after a crash is dropped as a duplicate. A stream that
 * cannot be written does not block the others; its error is thrown at the end.
 */
export async function reportDeliveries(context: Context, reports: readonly Report[]): Promise<void> {
  const groups = new Map<string, Report[]>();
  for (const report of reports) {
    const key = `${report.projectId}\n${report.sourceName}`;
    groups.set(key, [...(groups.get(key) ?? []), report]);
  }
  const failed: unknown[] = [];
  for (const group of groups.values()) await reportGroup(context, group).catch((error: unknown) => failed.push(error));
  if (failed.length > 0) throw failed[0];
}

async function reportGroup({ pool, appender, sources }: Context, reports: readonly Report[]): Promise<void> {
  const { projectId, sourceName } = reports[0] as Report;
  const source = await sources.find(projectId, "resonant", sourceName);
  const events = reports.flatMap((report) => {
    const value = reportEvent(report);
    // The attempt's own time, so that a repeated report goes to the same day's stream.
    const door = { dialect: "resonant" as const, givenRun: null, lastRun: null, receivedAtMs: report.finishedAtMs, redactor: null };
    const event = acceptEvent(door, { text: JSON.stringify(value), value });
    return isRejection(event) ? [] : [event];
  });
  await appender.append({ projectId, source, events });
  const done = JSON.stringify(reports.map(({ id, attempts }) => ({ i: id, n: attempts })));
  await pool`
    with mine as (${takenInOrder(pool, "webhook_deliveries", isOneOf(pool, reports))})
    update webhook_deliveries d set reported = true from mine join json_to_recordset(${done}::text::json) as t(i uuid, n int) on t.i = mine.id
    where d.project_id = mine.project_id and d.id = mine.id and d.attempts = t.n`;
}
