const two = (value: number) => String(value).padStart(2, "0");

/** Time of day, `10:30:01`, in the machine's zone or in UTC. */
export function timeOfDay(atMs: number, utc: boolean): string {
  const at = new Date(atMs);
  return utc
    ? `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`
    : `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** `840ms`, `45.2s`, `3m 05s`, `1h 02m`: the seed's compact style (Crewship, "Streaming via CLI"). */
export function elapsed(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)}ms`;
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)}s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}m ${two(seconds % 60)}s`;
  return `${Math.floor(seconds / 3_600)}h ${two(Math.floor((seconds % 3_600) / 60))}m`;
}
