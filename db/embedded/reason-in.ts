/** The line of a program's output that says why it failed, without its timestamp: the lines after it report the clean-up. */
export function reasonIn(output: string): string {
  const lines = output.trimEnd().split("\n");
  const reason = lines.findLast((line) => /\b(?:FATAL|PANIC|ERROR|error):/.test(line)) ?? lines.at(-1) ?? "";
  return reason.replace(/^.*?\b(?:FATAL|PANIC|ERROR):\s*/, "");
}
