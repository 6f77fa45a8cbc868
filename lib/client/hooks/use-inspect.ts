import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { InspectReply, InspectRequest } from "@/lib/core/api/inspect";
import { inspect } from "../api/inspect";

/** Longer text is sent when the reader says so, not at every key. */
export const readAtOnceChars = 200_000;
/** What the server takes in one request; JSON escapes may add to it. */
export const mostChars = 3_500_000;
const pauseMs = 350;

export type Inspection = {
  readonly reply: InspectReply | undefined;
  readonly error: Error | null;
  readonly isReading: boolean;
  /** Reads this now. */
  readonly ask: (wanted: InspectRequest) => void;
  /** Reads this when no key was pressed for a moment. */
  readonly askSoon: (wanted: InspectRequest) => void;
};

/** What the server makes of a pasted text, `first` without being asked. What was read last stands until the next answer. */
export function useInspect(first: InspectRequest | null): Inspection {
  const [asked, setAsked] = useState<{ readonly id: number; readonly wanted: InspectRequest } | null>(first && { id: 1, wanted: first });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const ask = useCallback((wanted: InspectRequest) => {
    clearTimeout(timer.current);
    const readable = wanted.text.trim() !== "" && wanted.text.length <= mostChars;
    setAsked((before) => (readable ? { id: (before?.id ?? 0) + 1, wanted } : null));
  }, []);
  const askSoon = useCallback(
    (wanted: InspectRequest) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => ask(wanted), pauseMs);
    },
    [ask],
  );
  const query = useQuery({
    queryKey: ["inspect", asked?.id ?? 0],
    queryFn: ({ signal }) => inspect((asked as NonNullable<typeof asked>).wanted, signal),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  return { reply: asked ? query.data : undefined, error: asked ? query.error : null, isReading: query.isFetching, ask, askSoon };
}
