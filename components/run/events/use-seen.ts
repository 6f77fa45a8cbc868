import { useState } from "react";

type Want = (firstSeq: number, lastSeq: number) => void;

/** Remembers which seqs were in sight last, so that they can be asked for again after a failure. */
export function useSeen() {
  const [seen] = useState(() => {
    let range: readonly [number, number] | null = null;
    return {
      note(first: number, last: number, want: Want) {
        range = [first, last];
        want(first, last);
      },
      again(want: Want) {
        if (range) want(...range);
      },
    };
  });
  return seen;
}
