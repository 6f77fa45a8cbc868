import type { CostLine, CostLines } from "@/lib/core/api/cost-lines";
import type { Usage } from "@/lib/core/events/canonical";
import type { LoggedEvent } from "@/lib/core/events/logged";
import type { PriceBook } from "@/lib/core/prices/price-book";
import { type PricePart, partsNanos, rateText } from "@/lib/core/prices/rates";
import { clip } from "@/lib/core/run/clip";
import { orderKey } from "@/lib/core/run/moment";
import { compareOrder, type OrderKey } from "@/lib/core/run/order-key";
import type { UsageSum } from "@/lib/core/usage/state";
import { addExact, addUsage, emptySum } from "@/lib/core/usage/sum";
import { shownScopes } from "@/lib/core/usage/totals";
import { emptyUsage, evolveUsage } from "@/lib/core/usage/usage";
import type { StoredEvent } from "../events/append/plan";
import type { CachedRun } from "../events/append/run-cache";
import { listEvents } from "../events/list-events";
import { pricedAtMs } from "../ingest/accept-event";
import { publicPricesVersion } from "../prices/public-prices";
import { services } from "../services";
import { explainEstimate } from "../usage/estimate";

const mostLines = 500;
/** The same limit as in the fold, so that a line is found under the name of its figure. */
const nameLimit = 200;

/**
 * Explains a run's cost as of its event `upTo`: reads the log again and explains each estimate by the price that gives it today. Estimates
 * that no price gives any more (it was changed or deleted since) are marked as such, with their tokens.
 */
export async function costLines(run: CachedRun, upTo: number): Promise<CostLines> {
  const book = await services().prices.of(run.projectId);
  const sums = new LineSums(book);
  let usage = emptyUsage();
  const matches = ({ event }: StoredEvent) => event.usage !== undefined && event.seq <= upTo;
  const asOf = { ...run, lastSeq: Math.min(run.lastSeq, upTo) };
  for await (const page of listEvents(asOf, { from: 1, limit: upTo, matches })) {
    const events = page.map(({ event }) => event);
    usage = evolveUsage(usage, events);
    for (const event of events) sums.add(event);
  }
  const scopes = shownScopes(usage);
  const lines = sums
    .lines()
    .map((line) => ({ ...line, shown: line.scope === (line.source === "reported" ? scopes.reported : scopes.estimated) }))
    .sort((a, b) => b.nanos - a.nanos || b.tokens - a.tokens);
  return {
    lines: lines.slice(0, mostLines),
    more: Math.max(0, lines.length - mostLines),
    publicList: { name: "genai-prices", version: publicPricesVersion },
  };
}

type Priced = Pick<CostLine, "source" | "price" | "priceId" | "nanos"> & {
  readonly parts: readonly Part[];
};
/** `rate` in nano-dollars per million tokens. */
type Part = Pick<PricePart, "class" | "tokens"> & { readonly rate: number | null };
type Sum = Pick<CostLine, "scope" | "agent" | "model" | "provider" | "source" | "price" | "priceId"> & {
  events: number;
  tokens: number;
  nanos: number;
  readonly parts: Map<string, Part>;
};

class LineSums {
  readonly #sums = new Map<string, Sum>();
  /** Of a run's totals, only the latest in the sender's order counts. */
  #run: { readonly at: OrderKey; readonly sums: ReadonlyMap<string, Sum> } | null = null;

  constructor(private readonly book: PriceBook) {}

  add(event: LoggedEvent): void {
    const { usage } = event;
    if (usage === undefined) return;
    if (usage.scope === "run") this.#replaceRun(event, usage);
    else this.#addTo(this.#sums, event, usage);
  }

  lines(): Omit<CostLine, "shown">[] {
    return [...this.#sums.values(), ...(this.#run?.sums.values() ?? [])].map(({ parts, ...sum }) => ({
      ...sum,
      parts: [...parts.values()].filter(({ tokens }) => tokens > 0).map(written),
    }));
  }

  #replaceRun(event: LoggedEvent, usage: Usage): void {
    const at = orderKey(event);
    if (this.#run !== null && compareOrder(at, this.#run.at) < 0) return;
    const sums = new Map<string, Sum>();
    this.#addTo(sums, event, usage);
    this.#run = { at, sums };
  }

  #addTo(sums: Map<string, Sum>, event: LoggedEvent, usage: Usage): void {
    const { scope, model, provider } = usage;
    // Counted as the fold counts it.
    const counted = { ...emptySum(scope) };
    addUsage(counted, usage, event.estimatedNanos);
    if (counted.total === 0 && counted.costed + counted.unpriced === 0) return;
    const { parts, nanos, ...priced } = this.#priced(event, usage, counted);
    const named = { scope, agent: nameOf(event.agent), model: nameOf(model), provider: nameOf(provider), ...priced };
    const id = JSON.stringify(Object.values(named));
    const sum = sums.get(id) ?? { ...named, events: 0, tokens: 0, nanos: 0, parts: new Map() };
    sums.set(id, sum);
    sum.events += 1;
    sum.tokens = addExact(sum.tokens, counted.total);
    sum.nanos = addExact(sum.nanos, nanos);
    for (const part of parts) sum.parts.set(part.class, { ...part, tokens: addExact(sum.parts.get(part.class)?.tokens ?? 0, part.tokens) });
  }

  #priced(event: LoggedEvent, usage: Usage, counted: UsageSum): Priced {
    const plain = { priceId: null, price: "", parts: unrated.map((each): Part => ({ class: each, tokens: counted[each], rate: null })) };
    if (counted.costed > 0) return { ...plain, source: "reported", nanos: counted.reportedNanos };
    if (counted.unpriced > 0) return { ...plain, source: "unpriced", nanos: 0 };
    const nanos = counted.estimatedNanos;
    const found = explainEstimate(usage, pricedAtMs(event, event.receivedAtMs), this.book);
    if (found?.nanos !== nanos) return { ...plain, source: "changed", nanos };
    return { nanos, source: found.source, price: found.key, priceId: found.priceId, parts: found.parts ?? plain.parts };
  }
}

const unrated = ["input", "cachedRead", "cachedWrite", "output"] as const;

function nameOf(name: string | undefined): string | null {
  return name === undefined ? null : clip(name, nameLimit);
}

function written({ class: of, tokens, rate }: Part): CostLine["parts"][number] {
  if (rate === null) return { class: of, tokens, rate: null, nanos: null };
  return { class: of, tokens, rate: rateText(rate), nanos: partsNanos([{ class: of, tokens, rate }]) };
}
