import { LoaderCircle } from "lucide-react";

type FoundLineProps = {
  readonly count: number;
  /** Everything up to here was looked at. */
  readonly readUpTo: number;
  readonly lastSeq: number;
  readonly isWhole: boolean;
  /** More is being looked for before the list is told to be what it is. */
  readonly isAwaited: boolean;
  readonly isFull: boolean;
  /** The figures change all the time: nobody wants each of them read out. */
  readonly live: boolean;
};

const figure = (n: number) => n.toLocaleString("en");

/** How many events were found, and in how much of the run. */
export function FoundLine({ count, readUpTo, lastSeq, isWhole, isAwaited, isFull, live }: FoundLineProps) {
  const found = `${figure(count)} found`;
  return (
    <p className="figures flex min-h-6 shrink-0 items-center gap-1.5 border-b bg-ground px-3 text-meta text-muted">
      {isAwaited ? (
        <>
          <LoaderCircle aria-hidden size={12} className="animate-spin text-faint motion-reduce:animate-none" />
          Searched {figure(readUpTo)} of {figure(lastSeq)} events, {found}
        </>
      ) : (
        <span role="status" aria-live={live ? "off" : "polite"}>
          {isWhole ? `${found} in ${figure(readUpTo)} events` : `${found} in the first ${figure(readUpTo)} of ${figure(lastSeq)} events`}
          {isFull && !isWhole && ". Only these are shown. Search for something more specific to see later ones."}
        </span>
      )}
    </p>
  );
}
