"use client";
import { Plus } from "lucide-react";
import { parseAsString, useQueryStates } from "nuqs";
import { useState } from "react";
import { BackTitle } from "@/components/layout/back-title";
import { PageHeader } from "@/components/layout/page-header";
import { ModelTable } from "@/components/settings/prices/model-table";
import { OwnPrices } from "@/components/settings/prices/own-prices";
import { PriceForm } from "@/components/settings/prices/price-form";
import { writtenFrom } from "@/components/settings/prices/price-words";
import { Repricings } from "@/components/settings/prices/repricings";
import { Section } from "@/components/settings/section";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useOpening } from "@/lib/client/hooks/use-opening";
import { usePrices } from "@/lib/client/hooks/use-prices";
import type { Price, PriceList } from "@/lib/core/prices/price";

const place = { add: parseAsString };

export function PricesClient() {
  const prices = usePrices();
  const { list } = prices;
  // In the address, so that a model without a price leads here from wherever it is named.
  const [{ add: adding }, setPlace] = useQueryStates(place);
  const setAdding = useOpening("add", setPlace);
  const [removing, setRemoving] = useState<Price | null>(null);
  return (
    <>
      <PageHeader title={<BackTitle href="/settings" to="the settings" title="Prices" />} />
      <div data-place="prices" className="min-h-0 flex-1 overflow-y-auto border-t">
        <div className="mx-auto flex max-w-6xl flex-col gap-10 px-4 py-6">
          {list.error && <ErrorState title="The prices could not be loaded." error={list.error} onRetry={() => void list.refetch()} />}
          {list.isPending && <SkeletonRows rows={8} />}
          {list.data && <Lists list={list.data} onAdd={(add) => setAdding({ add })} onRemove={setRemoving} />}
          {list.data && <Repricings models={list.data.models.map(({ model }) => model)} />}
        </div>
      </div>
      {adding !== null && <AddDialog key={adding} model={adding} prices={prices} onClose={() => setAdding({ add: null })} />}
      {removing && <RemoveDialog price={removing} prices={prices} onClose={() => setRemoving(null)} />}
    </>
  );
}

type ListsProps = { readonly list: PriceList; readonly onAdd: (model: string) => void; readonly onRemove: (price: Price) => void };

function Lists({ list, onAdd, onRemove }: ListsProps) {
  return (
    <>
      <Section
        title="Models"
        hint={`Models used in the last 90 days, and the price of a million tokens when the sender reports no cost. Public list: genai-prices ${list.publicList.version}.`}
        action={
          <Button look="solid" needs="admin" onClick={() => onAdd("")}>
            <Plus aria-hidden size={14} />
            Set price
          </Button>
        }
      >
        {list.models.length === 0 ? (
          <p className="rounded-box border bg-panel px-3 py-2.5 text-muted">No models yet. Each appears here with its first tokens.</p>
        ) : (
          <ModelTable list={list} onPrice={({ model }) => onAdd(model)} />
        )}
      </Section>
      <Section title="Custom prices" hint="They override the public list. If several match, the first one applies.">
        <OwnPrices prices={list.overrides} onRemove={onRemove} />
      </Section>
    </>
  );
}

type DialogProps = { readonly prices: ReturnType<typeof usePrices>; readonly onClose: () => void };

function AddDialog({ model, prices: { list, create }, onClose }: DialogProps & { readonly model: string }) {
  const close = () => {
    create.reset();
    onClose();
  };
  const known = list.data?.models.find((each) => each.model === model);
  return (
    <Dialog
      open
      busy={create.isPending}
      onOpenChange={close}
      title="Set price"
      description="What this project pays. It overrides the public list."
    >
      <PriceForm
        initial={writtenFrom(model, known?.price ?? null)}
        pending={create.isPending}
        onCreate={(price) => create.mutate(price, { onSuccess: close })}
      />
      {create.error && <ErrorState className="mt-3" title="The price could not be set." error={create.error} />}
    </Dialog>
  );
}

function RemoveDialog({ price, prices: { remove }, onClose }: DialogProps & { readonly price: Price }) {
  return (
    <ConfirmDialog
      title="Delete this price?"
      description={`From now on, ${price.model} is estimated at the next price that matches. Existing estimates stay.`}
      action="Delete price"
      doing="Deleting"
      failed="The price could not be deleted."
      mutation={remove}
      onConfirm={() => remove.mutate(price.id, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
