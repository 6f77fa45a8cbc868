import { useCallback, useState } from "react";

/** Whether the page follows the run, and since which event it does not. */
export function useFollow(lastSeq: number) {
  const [letGoAt, setLetGoAt] = useState<number | null>(null);
  const setFollow = useCallback((follow: boolean) => setLetGoAt((known) => (follow ? null : (known ?? lastSeq))), [lastSeq]);
  return { follow: letGoAt === null, missed: letGoAt === null ? 0 : Math.max(0, lastSeq - letGoAt), setFollow };
}
