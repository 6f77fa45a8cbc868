import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Money, NoFigure } from "@/components/ui/figures";
import { SafeText } from "@/components/ui/safe-text";
import type { ModelPrice, PriceList } from "@/lib/core/prices/price";
import { classWords, priceText } from "@/lib/core/prices/price-words";
import { unpricedWhy } from "@/lib/core/prices/unpriced-why";
import { onPhone, shownClasses } from "./price-words";

type ModelTableProps = { readonly list: PriceList; readonly onPrice: (model: ModelPrice) => void };

/** Each model that was used, by which price its tokens are estimated now, and what that came to. What nobody can price stands first. */
export function ModelTable({ list: { models, publicList }, onPrice }: ModelTableProps) {
  const isUnpriced = (entry: ModelPrice) => entry.price.source === "unpriced" && entry.figures.unpriced > 0;
  const sorted = [...models.filter(isUnpriced), ...models.filter((entry) => !isUnpriced(entry))];
  return (
    <div className="overflow-x-auto rounded-box border bg-panel">
      <table className="w-full text-right xl:min-w-[58rem]" aria-label="Prices by model">
        <thead className="text-faint text-meta">
          <tr className="border-b [&>th]:h-8 [&>th]:px-3 [&>th]:font-normal">
            <th className="text-left">Model</th>
            <th className="text-left max-xl:hidden">Price source</th>
            {shownClasses.map((each) => (
              <th key={each} className={onPhone.has(each) ? undefined : "max-xl:hidden"}>
                {classWords[each]}
              </th>
            ))}
            <th className="whitespace-nowrap max-xl:hidden">Reported</th>
            <th className="whitespace-nowrap max-xl:hidden">Estimated</th>
            <th>
              <span className="sr-only">Set price</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((entry) => (
            <Row key={entry.model} entry={entry} version={publicList.version} onPrice={() => onPrice(entry)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = { readonly entry: ModelPrice; readonly version: string; readonly onPrice: () => void };

function Row({ entry: { model, figures, price }, version, onPrice }: RowProps) {
  return (
    <tr className="border-b last:border-b-0 hover:bg-hover [&>td]:h-9 [&>td]:px-3 [&>td]:py-1.5 [&>th]:h-9 [&>th]:px-3 max-xl:[&>*]:px-2">
      <th scope="row" className="max-w-64 text-left font-medium max-xl:max-w-36 max-xl:py-2">
        <span className="block truncate" title={model}>
          <SafeText text={model.slice(0, 200)} />
        </span>
        <span className="mt-1 block font-normal xl:hidden">
          <SourceBadge entry={{ figures, price }} version={version} />
        </span>
      </th>
      <td className="text-left max-xl:hidden">
        <SourceBadge entry={{ figures, price }} version={version} />
      </td>
      {shownClasses.map((each) => (
        <td key={each} className={classNames("figures whitespace-nowrap", !onPhone.has(each) && "max-xl:hidden")}>
          {price[each] === null ? <NoFigure why="no separate price" /> : priceText(price[each])}
          {price.tiered && price[each] !== null && (
            <span className="text-faint" title="costs more beyond a number of tokens">
              +
            </span>
          )}
        </td>
      ))}
      <td className="max-xl:hidden">
        {figures.reportedNanos !== 0 ? <Money nanos={figures.reportedNanos} /> : <NoFigure why="not reported" />}
      </td>
      <td className="whitespace-nowrap max-xl:hidden">
        {figures.estimatedNanos !== 0 && <Money nanos={figures.estimatedNanos} estimated />}
        {figures.unpriced > 0 && (
          <span className="ml-1 text-stalled" title={unpricedWhy}>
            {figures.unpriced.toLocaleString("en")} unpriced
          </span>
        )}
        {figures.estimatedNanos === 0 && figures.unpriced <= 0 && <NoFigure why="nothing estimated" />}
      </td>
      <td className="w-px">
        <Button size="small" needs="admin" className="pointer-coarse:min-w-10" aria-label={`Set price for ${model}`} onClick={onPrice}>
          Set<span className="max-xl:hidden"> price</span>
        </Button>
      </td>
    </tr>
  );
}

type SourceBadgeProps = { readonly entry: Pick<ModelPrice, "figures" | "price">; readonly version: string };

function SourceBadge({ entry: { figures, price }, version }: SourceBadgeProps) {
  const allReported = figures.reportedNanos > 0 && figures.estimatedNanos <= 0 && figures.unpriced <= 0;
  const { tone, word, hint } = sourceLook(price.source, version);
  return (
    <span className="flex items-center gap-2 whitespace-nowrap max-xl:flex-wrap max-xl:gap-y-0.5">
      <Badge tone={tone} title={hint}>
        {word}
      </Badge>
      {allReported && (
        <span
          className="text-faint text-meta max-xl:hidden"
          title="Senders report the cost of each call. This price applies to calls without one"
        >
          not needed yet
        </span>
      )}
    </span>
  );
}

type Look = { readonly tone: BadgeTone; readonly word: string; readonly hint: string };

function sourceLook(source: ModelPrice["price"]["source"], version: string): Look {
  switch (source) {
    case "override":
      return { tone: "accent", word: "custom price", hint: "Set in this project" };
    case "genai-prices":
      return { tone: "neutral", word: "public list", hint: `genai-prices ${version}` };
    case "unpriced":
      return { tone: "stalled", word: "unpriced", hint: "Not on any list: its tokens are counted, their cost is not" };
  }
}
