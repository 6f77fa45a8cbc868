import { useState } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { Money, NoFigure } from "@/components/ui/figures";
import { SafeText } from "@/components/ui/safe-text";
import { Skeleton } from "@/components/ui/skeleton";
import { useCostLines } from "@/lib/client/hooks/use-cost-lines";
import type { CostLine, CostLines } from "@/lib/core/api/cost-lines";
import { formatMoney } from "@/lib/core/format/format-money";
import { classWords, priceText } from "@/lib/core/prices/price-words";
import { type MoneyKind, type PriceLine, prepareLines } from "./prepare-lines";

type MoneyLinesProps = {
  readonly runId: string;
  /** The event that the figure is as of. */
  readonly seq: number;
  readonly of: MoneyKind;
  /** The figure, nano-dollars. */
  readonly nanos: number;
  /** Those of the run's lines that the figure is made of. */
  readonly choose: (lines: readonly CostLine[]) => readonly CostLine[];
};

const mostShown = 8;
const perTokens = 1_000_000;

/** What a figure of money is made of: tokens by class, each at its price, and who says so. As of when it was opened, however the run grows. */
export function MoneyLines(props: MoneyLinesProps) {
  const [{ runId, seq, of, nanos, choose }] = useState(props);
  const { data, error, refetch } = useCostLines(runId, seq);
  if (data === undefined && error)
    return <ErrorState title="The breakdown could not be loaded." error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Waiting />;
  const lines = prepareLines(choose(data.lines), of);
  const missing = nanos - lines.reduce((sum, line) => sum + line.nanos, 0);
  return (
    <>
      {lines.slice(0, mostShown).map((line) => (
        <PriceLineTable key={JSON.stringify([line.model, line.provider, line.source, line.price])} line={line} list={data.publicList} />
      ))}
      {lines.length > mostShown && (
        <p className="mt-2 text-faint text-meta">and {(lines.length - mostShown).toLocaleString("en")} smaller amounts at other prices.</p>
      )}
      {missing !== 0 && (
        <p className="mt-2 text-meta text-stalled">
          Another <Money nanos={missing} /> cannot be broken down:{" "}
          {data.more > 0 ? "it is spread over too many small amounts." : "its events are no longer in the log."}
        </p>
      )}
    </>
  );
}

function Waiting() {
  return (
    <div role="status" className="space-y-2 py-1">
      <span className="sr-only">Loading the log</span>
      <Skeleton className="h-3 w-40" />
      <Skeleton className="h-3 w-full" />
      <Skeleton className="h-3 w-full" />
    </div>
  );
}

function PriceLineTable({ line, list }: { readonly line: PriceLine; readonly list: CostLines["publicList"] }) {
  const { model, provider, source, events, tokens, nanos, parts } = line;
  return (
    <table className="mt-2 w-full border-t text-right first-of-type:mt-0 first-of-type:border-t-0 [&_td]:py-0.5 [&_td]:pl-3">
      <caption className="sr-only">{model ?? "no model named"}: tokens by class and price</caption>
      <thead>
        <tr>
          <th colSpan={3} scope="colgroup" className="max-w-0 truncate pt-2 text-left font-medium">
            <SafeText text={(model ?? "No model named").slice(0, 200)} />
            {provider !== null && (
              <span className="font-normal text-faint">
                {" "}
                <SafeText text={provider.slice(0, 40)} />
              </span>
            )}
          </th>
          <th className="figures whitespace-nowrap pt-2 pl-3 font-medium">
            {source === "unpriced" ? (
              <span className="text-stalled">unpriced</span>
            ) : (
              <Money nanos={nanos} estimated={source !== "reported"} />
            )}
          </th>
        </tr>
        <tr className="text-faint text-meta">
          <td colSpan={4} className="pl-0! text-left">
            {events.toLocaleString("en")} {events === 1 ? "report" : "reports"}, {sourceWords(source, list)}
          </td>
        </tr>
      </thead>
      <tbody className="text-muted">
        {parts.map((part) => (
          <tr key={part.class}>
            <td className="pl-0! text-left">{classWords[part.class]}</td>
            <td className="figures w-22">{part.tokens.toLocaleString("en")}</td>
            <td className="figures w-24 whitespace-nowrap text-faint" title="dollars a million tokens">
              {part.rate !== null && `× ${priceText(part.rate)}/M`}
            </td>
            <td className="figures w-20 whitespace-nowrap">{part.nanos !== null && <Money nanos={part.nanos} estimated />}</td>
          </tr>
        ))}
        {parts.every(({ rate }) => rate === null) && (
          <tr className="text-faint">
            <td className="pl-0! text-left">Total</td>
            <td className="figures">{tokens > 0 ? tokens.toLocaleString("en") : <NoFigure why="no tokens reported" />}</td>
            <td colSpan={2} className="figures whitespace-nowrap">
              {tokens > 0 && source !== "unpriced" && `${formatMoney((nanos / tokens) * perTokens)}/M on average`}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

function sourceWords(source: CostLine["source"], { name, version }: CostLines["publicList"]): string {
  switch (source) {
    case "reported":
      return "as reported by the sender";
    case "override":
      return "at your custom price";
    case "genai-prices":
      return `at list price (${name} ${version})`;
    case "changed":
      return "at a price since removed";
    case "unpriced":
      return "that could not be priced";
  }
}
