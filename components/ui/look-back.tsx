import { RelativeTime } from "./figures";
import { SafeText } from "./safe-text";

type Time = {
  readonly at: string;
  /** Where no more than the day is known: its word. */
  readonly day?: string;
  readonly word: string;
  readonly about: string | null;
  readonly worst: boolean;
};

type LookBackProps = {
  readonly said: string;
  /** Null = nothing is known yet. */
  readonly past: { readonly from: string; readonly to: string; readonly times: readonly Time[]; readonly basis: string } | null;
  readonly error: Error | null;
  readonly stale: boolean;
};

const told = 3;

/** How often something would have told people, when, and what that is known from. */
export function LookBack({ said, past, error, stale }: LookBackProps) {
  return (
    <section aria-label="Look back" aria-busy={stale} className="rounded-box border bg-inset p-3">
      <p role="status" className="font-medium">
        {error ? error.message : said}
      </p>
      {past && !error && (
        <>
          <Marks {...past} />
          <ul className="mt-1 text-meta text-muted">
            {past.times.slice(0, told).map(({ at, day, word, about }) => (
              <li key={`${at} ${word} ${about}`} className="truncate">
                {word} {day ?? <RelativeTime at={at} />}
                {about !== null && (
                  <>
                    , <SafeText text={about} />
                  </>
                )}
              </li>
            ))}
            <li>{past.basis}</li>
          </ul>
        </>
      )}
    </section>
  );
}

type MarksProps = { readonly from: string; readonly to: string; readonly times: readonly Time[] };

/** The time from left to right, a stroke for each. */
function Marks(span: MarksProps) {
  const [from, to] = [Date.parse(span.from), Date.parse(span.to)];
  return (
    <svg aria-hidden viewBox="0 0 700 16" preserveAspectRatio="none" className="mt-2 h-4 w-full">
      <path d="M0 15.5H700" className="stroke-line-strong" vectorEffect="non-scaling-stroke" />
      {span.times.map(({ at, word, about, worst }) => (
        <path
          key={`${at} ${word} ${about}`}
          d={`M${((Date.parse(at) - from) / Math.max(1, to - from)) * 700} ${worst ? 1 : 7}V15`}
          className={worst ? "stroke-failed" : "stroke-waiting"}
          strokeWidth="2"
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  );
}
