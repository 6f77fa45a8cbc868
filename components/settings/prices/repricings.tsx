"use client";
import { ErrorState } from "@/components/ui/error-state";
import { useNow } from "@/lib/client/hooks/use-now";
import { useRepricings } from "@/lib/client/hooks/use-prices";
import { Section } from "../section";
import { RepricingForm } from "./repricing-form";
import { RepricingList } from "./repricing-list";

/** Past estimates made anew: the difference first, then somebody's word, then the record. */
export function Repricings({ models }: { readonly models: readonly string[] }) {
  const { list, ask, apply, cancel } = useRepricings();
  const nowMs = useNow(null);
  const underWay = list.data?.some(({ status }) => status === "counting" || status === "applying") ?? false;
  const failed = ask.error ?? apply.error ?? cancel.error;
  return (
    <Section
      title="Reprice past estimates"
      hint="Estimates are made once, when tokens are reported. Reprice them here at the prices above. Nothing is applied before you have seen the changes, and reported costs stay."
    >
      <RepricingForm models={models} nowMs={nowMs} pending={ask.isPending || underWay} onAsk={(wanted) => ask.mutate(wanted)} />
      {failed && <ErrorState className="mt-3" title="The estimates could not be repriced." error={failed} />}
      {list.error && (
        <ErrorState
          className="mt-3"
          title="Earlier repricings could not be loaded."
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      )}
      {list.data && list.data.length > 0 && (
        <RepricingList
          repricings={list.data}
          pending={apply.isPending || cancel.isPending}
          onApply={(id) => apply.mutate(id)}
          onCancel={(id) => cancel.mutate(id)}
        />
      )}
    </Section>
  );
}
