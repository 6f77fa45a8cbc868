import { BareButton } from "@/components/ui/bare-button";
import { SafeText } from "@/components/ui/safe-text";
import type { CostBucket } from "@/lib/core/costs/cost-span";
import { bucketWord } from "./bucket-words";
import type { CostChart } from "./prepare-chart";

type ChartTableProps = {
  readonly chart: CostChart;
  readonly bucket: CostBucket;
  readonly amount: (value: number) => string;
  readonly onZoom: ((index: number) => void) | null;
};

/** The chart in words: a row a bar, newest first, buckets without reports left out. */
export function ChartTable({ chart, bucket, amount, onZoom }: ChartTableProps) {
  const rows = chart.bars
    .map((bar, index) => ({ bar, index }))
    .filter(({ bar }) => bar.unpriced !== 0 || bar.values.some((value) => value !== 0))
    .reverse();
  return (
    <div className="mt-2 max-h-64 overflow-auto">
      <table className="w-full border-collapse text-right">
        <caption className="sr-only">The chart as a table</caption>
        <thead className="sticky top-0 bg-ground text-faint text-meta">
          <tr className="h-7 [&>th]:pl-4 [&>th]:font-normal">
            <th scope="col" className="pl-0! text-left">
              {bucket}
            </th>
            {chart.series.map(({ id, label, estimated }) => (
              <th key={id} scope="col" className="max-w-40 truncate">
                {estimated && "~"}
                <SafeText text={label} />
              </th>
            ))}
            <th scope="col">unpriced</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ bar, index }) => (
            <tr key={bar.atMs} className="h-(--row) border-t hover:bg-hover [&>td]:pl-4">
              <th scope="row" className="whitespace-nowrap text-left font-normal">
                {onZoom ? (
                  <BareButton className="underline decoration-line-strong underline-offset-2" onClick={() => onZoom(index)}>
                    {bucketWord(bar.atMs, bucket)}
                  </BareButton>
                ) : (
                  bucketWord(bar.atMs, bucket)
                )}
              </th>
              {chart.series.map(({ id, estimated }, place) => (
                <td key={id} className="figures whitespace-nowrap">
                  {bar.values[place] === 0 ? (
                    <span className="text-faint">–</span>
                  ) : (
                    `${estimated ? "~" : ""}${amount(bar.values[place] ?? 0)}`
                  )}
                </td>
              ))}
              <td className="figures">{bar.unpriced === 0 ? <span className="text-faint">–</span> : bar.unpriced.toLocaleString("en")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
