import type { Alert } from "@/lib/core/alerts/alert";

/** The place in the run that an alert is about. */
export function runHref({ id, seq }: NonNullable<Alert["run"]>): string {
  return seq === null ? `/runs/${id}` : `/runs/${id}?view=events&sel=${seq}`;
}
