"use client";
import type { ReactNode } from "react";
import { Money, NoFigure } from "@/components/ui/figures";
import { Link } from "@/components/ui/link";
import { SafeText } from "@/components/ui/safe-text";
import type { CostFigures, CostGroup, CostReport } from "@/lib/core/api/costs";
import { mostNanos } from "@/lib/core/format/format-money";
import { formatShare } from "@/lib/core/format/format-share";
import type { EffectivePrice } from "@/lib/core/prices/effective-price";
import { priceText } from "@/lib/core/prices/price-words";
import { unpricedWhy } from "@/lib/core/prices/unpriced-why";
import { costsCsv } from "./costs-csv";
import { CsvButton } from "./csv-button";
import { hasCorrections } from "./pace";

const nameChars = 200;

/** Who spent it: a row a group, most expensive first, with the classes of tokens, and the same as CSV. */
export function GroupTable({ report }: { readonly report: CostReport }) {
  const { groups, rest, totals, groupBy } = report;
  const allNanos = totals.reportedNanos + totals.estimatedNanos;
  // Beyond the largest exact sum only "more than" is known of the whole, and so nothing of a part of it or of what is left.
  const beyond = Math.max(totals.reportedNanos, totals.estimatedNanos) >= mostNanos;
  const share = (figures: CostFigures) => (allNanos > 0 && !beyond ? (figures.reportedNanos + figures.estimatedNanos) / allNanos : null);
  return (
    <section aria-label={`By ${groupBy}`}>
      <div className="flex items-center gap-2">
        <h2 className="mr-auto font-medium">By {groupBy}</h2>
        <CsvButton report={report} name={`costs-by-${groupBy}`} csv={costsCsv} />
      </div>
      {groupBy === "environment" && groups.every(({ key }) => key === "") && (
        <p className="mt-1 text-muted">
          No source has an environment yet.{" "}
          <Link href="/settings#sources" className="underline underline-offset-2">
            Set one in Settings, Sources
          </Link>
        </p>
      )}
      <div className="mt-2 overflow-x-auto">
        <table className="w-full min-w-[52rem] border-collapse text-right">
          <thead className="text-faint text-meta">
            <tr className="h-7 border-b [&>th]:pl-4 [&>th]:font-normal">
              <th scope="col" className="pl-0! text-left">
                <span className="inline-block first-letter:uppercase">{groupBy}</span>
              </th>
              {["Reported", "Estimated", "Share", "Tokens", "Input", "Cached read", "Cached write", "Output", "Reasoning", "Reports"].map(
                (word) => (
                  <th key={word} scope="col">
                    {word}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <Row
                key={group.key}
                label={<GroupName group={group} groupBy={groupBy} />}
                figures={group.figures}
                share={share(group.figures)}
                price={group.price ?? null}
                unpricedModel={group.price?.source === "unpriced" ? group.key : null}
              />
            ))}
            {rest.groups > 0 && (
              <Row
                label={`${rest.groups.toLocaleString("en")} ${rest.groups === 1 ? "other" : "others"}`}
                figures={beyond ? { ...rest.figures, reportedNanos: 0, estimatedNanos: 0 } : rest.figures}
                share={share(rest.figures)}
                none={beyond ? "more than can be added up exactly" : undefined}
              />
            )}
          </tbody>
          {groups.length > 1 && (
            <tfoot className="border-t-2 font-medium">
              <Row label="All" figures={totals} share={null} />
            </tfoot>
          )}
        </table>
      </div>
      {groups.some(({ price, figures }) => estimatedAt(price, figures) !== null) && (
        <p className="mt-2 text-faint text-meta">
          × the current price of a million tokens{groups.some(({ price }) => price?.tiered) && ", + more above a number of tokens"}.
          Reported costs count as sent; the rest is estimated at the price valid at the time.{" "}
          <Link href="/settings/prices" className="underline underline-offset-2">
            Prices
          </Link>
        </p>
      )}
      {hasCorrections(report) && (
        <p className="mt-2 text-faint text-meta">
          Below zero: a run reported its own total, so what had already been counted for its calls was subtracted, at the agent, model and
          time of that total.
        </p>
      )}
    </section>
  );
}

/** Leads to the runs of the group, where the list of runs can be narrowed to it. */
function GroupName({ group, groupBy }: { readonly group: CostGroup; readonly groupBy: CostReport["groupBy"] }) {
  const name = <SafeText text={group.label.slice(0, nameChars)} />;
  const href = runsOf(group, groupBy);
  if (href === null) return <span title={group.label}>{name}</span>;
  return (
    <Link href={href} title={group.label} className="underline decoration-line-strong underline-offset-2 hover:decoration-current">
      {name}
    </Link>
  );
}

function runsOf({ key, dialect, source }: CostGroup, groupBy: CostReport["groupBy"]): string | null {
  if (groupBy === "agent" && key !== "") return `/runs?agent=${encodeURIComponent(key)}`;
  if (groupBy === "model" && key !== "") return `/runs?model=${encodeURIComponent(key)}`;
  if (groupBy === "environment" && key !== "") return `/runs?environment=${encodeURIComponent(key)}`;
  if (groupBy === "session" && key !== "") return `/sessions/${encodeURIComponent(key)}`;
  // Both: a system may have many sources, and each of its sources the name of another system's.
  if (groupBy === "source" && dialect !== null && source !== null)
    return `/runs?dialect=${encodeURIComponent(dialect)}&source=${encodeURIComponent(source)}`;
  return null;
}

type RowProps = {
  readonly label: ReactNode;
  readonly figures: CostFigures;
  readonly share: number | null;
  /** Of a model. */
  readonly price?: EffectivePrice | null;
  /** Name of the model whose price is missing. */
  readonly unpricedModel?: string | null;
  /** Why there is no amount. */
  readonly none?: string | undefined;
};

function Row({ label, figures, share, price = null, unpricedModel = null, none = "not reported" }: RowProps) {
  const { reports, tokens, reportedNanos, estimatedNanos, unpriced } = figures;
  const known = estimatedAt(price, figures);
  return (
    <tr className={`h-(--row) border-b hover:bg-hover [&>td]:pl-4 ${known ? "align-top [&>*]:py-1" : ""}`}>
      <th scope="row" className="max-w-64 truncate text-left font-normal in-[tfoot]:font-medium max-md:max-w-40">
        {label}
        {known && (
          <span className="block text-faint text-meta">
            {reportedNanos !== 0 && "reported, and "}at {known.source === "override" ? "your custom price" : "list price"}
          </span>
        )}
      </th>
      <td>{reportedNanos !== 0 ? <Money nanos={reportedNanos} /> : <NoFigure why={none} />}</td>
      <td className="whitespace-nowrap">
        {estimatedNanos !== 0 && <Money nanos={estimatedNanos} estimated />}
        {unpriced !== 0 && (
          <span className="ml-1 text-stalled" title={unpricedWhy}>
            {unpriced.toLocaleString("en")} unpriced
            {unpricedModel !== null && (
              <Link href={`/settings/prices?add=${encodeURIComponent(unpricedModel)}`} className="ml-1 underline underline-offset-2">
                set price
              </Link>
            )}
          </span>
        )}
        {estimatedNanos === 0 && unpriced === 0 && <NoFigure why="nothing estimated" />}
      </td>
      <td className="figures whitespace-nowrap">
        {share === 0 && unpriced > 0 ? <NoFigure why="cost unknown" /> : share === null ? "" : formatShare(share)}
      </td>
      <Count n={tokens} />
      {classes.map((each) => (
        <Count key={each} n={figures[each]} rate={known && rateOf(known, each)} tiered={known?.tiered} />
      ))}
      <Count n={reports} />
    </tr>
  );
}

const classes = ["input", "cachedRead", "cachedWrite", "output", "reasoning"] as const;

/** The price of a model that was needed: where its senders say what each call costs, it explains nothing. */
function estimatedAt(price: EffectivePrice | null | undefined, { estimatedNanos }: CostFigures): EffectivePrice | null {
  return price == null || price.source === "unpriced" || estimatedNanos === 0 ? null : price;
}

/** A class without a price of its own costs what the one does that it belongs to; reasoning is counted there. */
function rateOf(price: EffectivePrice, of: (typeof classes)[number]): string | null {
  return price[of] ?? (of === "cachedRead" || of === "cachedWrite" ? price.input : null);
}

type CountProps = { readonly n: number; readonly rate?: string | null; readonly tiered?: boolean | undefined };

function Count({ n, rate = null, tiered = false }: CountProps) {
  return (
    <td className={n === 0 ? "figures text-faint" : "figures"}>
      {n === 0 ? "–" : n.toLocaleString("en")}
      {rate !== null && n !== 0 && (
        <span className="block whitespace-nowrap text-faint text-meta" title={tiered ? "costs more beyond a number of tokens" : undefined}>
          × {priceText(rate)}/M{tiered && "+"}
        </span>
      )}
    </td>
  );
}
