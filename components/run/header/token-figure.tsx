import { NoFigure, Tokens } from "@/components/ui/figures";
import type { Tokens as TokenCounts } from "@/lib/core/api/run";
import { FigureLines, FigurePopover } from "./figure-popover";

/** Tokens of the run, by class on press. */
export function TokenFigure({ tokens }: { readonly tokens: TokenCounts }) {
  if (tokens.total === 0) return <span className="text-faint">no tokens</span>;
  const exact = (count: number) => (count === 0 ? <NoFigure why="none reported" /> : count.toLocaleString("en"));
  const classes = tokens.input + tokens.output + tokens.cachedRead + tokens.cachedWrite;
  return (
    <FigurePopover
      title="Tokens by class"
      trigger={
        <>
          <Tokens count={tokens.total} /> <span className="text-faint">tok</span>
        </>
      }
    >
      <FigureLines
        lines={[
          { label: "Input", value: exact(tokens.input) },
          { label: "Cached read", value: exact(tokens.cachedRead) },
          { label: "Cached write", value: exact(tokens.cachedWrite) },
          { label: "Output", value: exact(tokens.output) },
          { label: "of which reasoning", value: exact(tokens.reasoning) },
          { label: "Total", value: exact(tokens.total), strong: true },
        ]}
      />
      {classes < tokens.total && (
        <p className="mt-2 text-faint text-meta">
          {(tokens.total - classes).toLocaleString("en")} tokens were reported only as a total, without a class.
        </p>
      )}
    </FigurePopover>
  );
}
