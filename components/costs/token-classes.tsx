import { Tokens } from "@/components/ui/figures";
import type { CostFigures } from "@/lib/core/api/costs";

const classes = [
  { key: "input", word: "input", color: 0 },
  { key: "cachedRead", word: "cached read", color: 6 },
  { key: "cachedWrite", word: "cached write", color: 2 },
  { key: "output", word: "output", color: 1 },
] as const;

/** Which tokens were used. Reasoning is a part of output and is not added to it. */
export function TokenClasses({ figures }: { readonly figures: CostFigures }) {
  const known = classes.map((each) => ({ ...each, count: Math.max(0, figures[each.key]) }));
  const sum = known.reduce((total, each) => total + each.count, 0);
  const untold = figures.tokens - sum;
  if (figures.tokens <= 0) return null;
  return (
    <section aria-label="Token classes">
      <div aria-hidden className="flex h-2 gap-px overflow-hidden rounded-full bg-inset">
        {known.map(({ key, color, count }) => (
          <span key={key} style={{ width: `${(count / Math.max(sum, figures.tokens)) * 100}%`, background: `var(--series-${color})` }} />
        ))}
      </div>
      <dl className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-meta">
        {known.map(({ key, word, color, count }) => (
          <div key={key} className="flex items-center gap-1.5">
            <span aria-hidden className="size-2 rounded-full" style={{ background: `var(--series-${color})` }} />
            <dt className="text-muted">{word}</dt>
            <dd>
              <Tokens count={count} what={`${word} tokens`} />
            </dd>
          </div>
        ))}
        {figures.reasoning > 0 && (
          <div className="flex items-center gap-1.5">
            <dt className="text-muted">reasoning (in output)</dt>
            <dd>
              <Tokens count={figures.reasoning} what="reasoning tokens" />
            </dd>
          </div>
        )}
        {untold > 0 && (
          <div className="flex items-center gap-1.5">
            <dt className="text-muted">reported only as a total</dt>
            <dd>
              <Tokens count={untold} />
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}
