import type { LoggedEvent } from "../events/logged";
import { blockedCode } from "./words";

/** The tool an event is about; a hook's own name is not one. */
export function toolOf(event: LoggedEvent): string | undefined {
  return event.approval?.tool ?? (event.type === "hook.completed" ? undefined : event.name);
}

/**
 * Powabase has no event for a decision. A tool that it blocked says why; a tool that it had asked about and that ran, successfully or not,
 * was approved. A hook that names no tool refers to the only request that its run can have open.
 */
export function inferred(event: LoggedEvent): LoggedEvent | null {
  if (event.source.dialect !== "powabase" || event.origin === "watchfloor") return null;
  if (event.approval?.decision !== undefined) return event;
  const tool = toolOf(event);
  if (event.type === "hook.completed" || tool === undefined) return null;
  return { ...event, approval: { tool, decision: event.error?.code === blockedCode ? "denied" : "approved" } };
}
