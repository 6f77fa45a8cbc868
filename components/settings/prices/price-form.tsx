import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DialogCancel } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import type { NewPrice } from "@/lib/core/prices/price";
import { classWords } from "@/lib/core/prices/price-words";
import { priceFrom, shownClasses, type WrittenPrice } from "./price-words";

type PriceFormProps = {
  readonly initial: WrittenPrice;
  readonly pending: boolean;
  readonly onCreate: (price: NewPrice) => void;
};

const fallbacks = { cachedRead: "as input", cachedWrite: "as input", reasoning: "as output", input: "", output: "" } as const;

export function PriceForm({ initial, pending, onCreate }: PriceFormProps) {
  const [written, setWritten] = useState(initial);
  const price = priceFrom(written);
  const field = (name: keyof WrittenPrice) => ({
    value: written[name],
    onChange: (event: { target: { value: string } }) => setWritten({ ...written, [name]: event.target.value }),
  });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (price !== null) onCreate(price);
      }}
    >
      <div className="flex flex-wrap gap-3">
        <TextField
          className="min-w-48 flex-1"
          label="Model (* matches any characters)"
          required
          data-autofocus
          maxLength={200}
          {...field("model")}
        />
        <TextField className="min-w-32 flex-1" label="Provider (optional)" placeholder="any" maxLength={200} {...field("provider")} />
      </div>
      <fieldset>
        <legend className="mb-2 text-meta text-muted">Dollars per million tokens</legend>
        <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
          {shownClasses.map((each) => (
            <TextField key={each} label={classWords[each]} inputMode="decimal" placeholder={fallbacks[each]} {...field(each)} />
          ))}
          <TextField label="Valid from (UTC)" type="date" {...field("validFrom")} />
        </div>
      </fieldset>
      <p className="text-meta text-muted">Applies to usage reported from now on. Past estimates stay until you reprice them below.</p>
      <div className="flex justify-end gap-2">
        <DialogCancel>Cancel</DialogCancel>
        <Button look="solid" type="submit" disabled={pending || price === null}>
          {pending ? "Setting price" : "Set price"}
        </Button>
      </div>
    </form>
  );
}
