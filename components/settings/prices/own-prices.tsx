import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { NoFigure, RelativeTime } from "@/components/ui/figures";
import { SafeText } from "@/components/ui/safe-text";
import type { Price } from "@/lib/core/prices/price";
import { classWords, priceText } from "@/lib/core/prices/price-words";
import { onPhone, shownClasses } from "./price-words";

type OwnPricesProps = { readonly prices: readonly Price[]; readonly onRemove: (price: Price) => void };

/** The prices that the project set, the one that wins first. */
export function OwnPrices({ prices, onRemove }: OwnPricesProps) {
  if (prices.length === 0)
    return (
      <p className="rounded-box border bg-panel px-3 py-2.5 text-muted">
        No custom prices yet: estimates use the public list. Set one if you pay something else or a model is not on the list.
      </p>
    );
  return (
    <div className="overflow-x-auto rounded-box border bg-panel">
      <table className="w-full text-right lg:min-w-[52rem]" aria-label="Custom prices">
        <thead className="text-faint text-meta">
          <tr className="border-b [&>th]:h-8 [&>th]:px-3 [&>th]:font-normal">
            <th className="text-left">Model</th>
            {shownClasses.map((each) => (
              <th key={each} className={onPhone.has(each) ? undefined : "max-lg:hidden"}>
                {classWords[each]}
              </th>
            ))}
            <th className="max-lg:hidden">Valid from</th>
            <th className="max-lg:hidden">Set</th>
            <th>
              <span className="sr-only">Delete</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {prices.map((price) => (
            <tr key={price.id} className="border-b last:border-b-0 [&>td]:h-9 [&>td]:px-3 [&>th]:h-9 [&>th]:px-3 max-lg:[&>*]:px-2">
              <th scope="row" title={price.model} className="max-w-64 truncate text-left font-medium max-lg:max-w-28">
                <SafeText text={price.model.slice(0, 200)} />
                {price.provider !== null && (
                  <Badge className="ml-2">
                    <SafeText text={price.provider.slice(0, 40)} />
                  </Badge>
                )}
              </th>
              {shownClasses.map((each) => (
                <td key={each} className={classNames("figures", !onPhone.has(each) && "max-lg:hidden")}>
                  {price[each] === null ? <NoFigure why="no separate price" /> : priceText(price[each])}
                </td>
              ))}
              <td className="figures whitespace-nowrap max-lg:hidden">
                {price.validFrom === null ? "always" : price.validFrom.slice(0, 10)}
              </td>
              <td className="whitespace-nowrap text-muted max-lg:hidden" title={`by ${price.createdBy}`}>
                <RelativeTime at={price.createdAt} />
              </td>
              <td className="w-px">
                <Button
                  size="small"
                  look="danger"
                  needs="admin"
                  aria-label={`Delete price of ${price.model}`}
                  onClick={() => onRemove(price)}
                >
                  Delete
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
