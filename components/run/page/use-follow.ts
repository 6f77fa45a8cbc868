import { useCallback, useState } from "react";

/** Whether the page follows the run, and since which event it does not. Whoever selects something reads it: the page lets go. */
export function useFollow(lastSeq: number, selection: string | null) {
  const [letGoAt, setLetGoAt] = useState<number | null>(selection === null ? null : lastSeq);
  const [seen, setSeen] = useState(selection);
  const setFollow = useCallback((follow: boolean) => setLetGoAt((known) => (follow ? null : (known ?? lastSeq))), [lastSeq]);
  if (seen !== selection) {
    setSeen(selection);
    if (selection !== null) setFollow(false);
  }
  return { follow: letGoAt === null, missed: letGoAt === null ? 0 : Math.max(0, lastSeq - letGoAt), setFollow };
}
