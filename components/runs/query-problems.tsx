import { SafeText } from "@/components/ui/safe-text";
import type { QueryProblem } from "@/lib/core/run-query/parse-run-query";

type QueryProblemsProps = { readonly id: string; readonly text: string; readonly problems: readonly QueryProblem[] };

const around = 24;

/** What does not fit, marked where it stands, and what was expected there. */
export function QueryProblems({ id, text, problems }: QueryProblemsProps) {
  return (
    <div
      id={id}
      role="alert"
      className="absolute top-full right-0 left-0 z-30 mt-1 animate-rise space-y-1.5 rounded-box border bg-overlay p-2.5 shadow-overlay"
    >
      {problems.map((problem) => (
        <div key={`${problem.at} ${problem.message}`}>
          <Excerpt text={text} problem={problem} />
          <p>
            <span className="figures text-faint">at {problem.at + 1}: </span>
            {problem.message}
          </p>
        </div>
      ))}
    </div>
  );
}

function Excerpt({ text, problem: { at, length } }: { readonly text: string; readonly problem: QueryProblem }) {
  const from = Math.max(0, at - around);
  const to = Math.min(text.length, at + length);
  return (
    <p className="truncate whitespace-pre font-code text-muted">
      {from > 0 && "…"}
      <SafeText text={text.slice(from, at)} />
      <mark className="tint rounded-row text-failed underline decoration-wavy underline-offset-2">
        {at < to ? <SafeText text={text.slice(at, to)} /> : " "}
      </mark>
      <SafeText text={text.slice(to, to + around)} />
    </p>
  );
}
