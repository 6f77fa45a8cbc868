/** Names that Shannon's SSE stream writes instead of the stored types; every other type is its own name. */
const sseNames: ReadonlyMap<string, string> = new Map([
  ["LLM_PARTIAL", "thread.message.delta"],
  ["LLM_OUTPUT", "thread.message.completed"],
  ["THREAD_MESSAGE_DELTA", "thread.message.delta"],
  ["THREAD_MESSAGE_COMPLETED", "thread.message.completed"],
  ["ERROR_OCCURRED", "error"],
  ["STREAM_END", "done"],
  ["WORKFLOW_PAUSING", "workflow.pausing"],
  ["WORKFLOW_PAUSED", "workflow.paused"],
  ["WORKFLOW_RESUMED", "workflow.resumed"],
  ["WORKFLOW_CANCELLING", "workflow.cancelling"],
  ["WORKFLOW_CANCELLED", "workflow.cancelled"],
]);

/** Members of the SDK's enum that stand for another stored type's SSE name. */
const enumNames: ReadonlyMap<string, string> = new Map([
  ["LLM_PARTIAL", "THREAD_MESSAGE_DELTA"],
  ["LLM_OUTPUT", "THREAD_MESSAGE_COMPLETED"],
]);

/** Whether it reports that the workflow is pausing, resuming or being cancelled. */
export function isControl(storedType: string): boolean {
  return sseNames.get(storedType)?.startsWith("workflow.") ?? false;
}

/** What an `event:` line may contain. */
const lineSafe = /^[A-Za-z0-9_.:-]{1,128}$/;

/** The `event:` line of a stored type; undefined for a word that is unsafe there (the body still has it). */
export function sseName(storedType: string): string | undefined {
  const name = sseNames.get(storedType) ?? storedType;
  return lineSafe.test(name) ? name : undefined;
}

/** Every name by which a client may ask for a stored type: as stored, its stream name, its name in the SDK's enum, and `others`. */
export function namesOf(storedType: string, ...others: readonly string[]): readonly string[] {
  const names = [storedType, sseNames.get(storedType), enumNames.get(storedType), ...others].filter(
    (name) => name !== undefined && name !== "",
  );
  return [...new Set(names as readonly string[])];
}
