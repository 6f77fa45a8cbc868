import { useState } from "react";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import type { NewRepricing } from "@/lib/core/prices/repricing";

type RepricingFormProps = {
  readonly models: readonly string[];
  readonly nowMs: number;
  readonly pending: boolean;
  readonly onAsk: (wanted: NewRepricing) => void;
};

const dayMs = 86_400_000;
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** Which days (UTC) and which model are counted anew. */
export function RepricingForm({ models, nowMs, pending, onAsk }: RepricingFormProps) {
  const [model, setModel] = useState("");
  const [from, setFrom] = useState(dayOf(nowMs - 29 * dayMs));
  const [to, setTo] = useState(dayOf(nowMs));
  const [fromMs, toMs] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`) + dayMs];
  const valid = fromMs < toMs;
  return (
    <form
      className="flex flex-wrap items-end gap-3 rounded-box border bg-panel p-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!valid) return;
        onAsk({ model: model === "" ? null : model, from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() });
      }}
    >
      <SelectField className="w-56 max-md:w-full" label="Model" value={model} onChange={(event) => setModel(event.target.value)}>
        <option value="">All models</option>
        {models.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </SelectField>
      <TextField className="w-40" label="From (UTC)" type="date" required value={from} onChange={(event) => setFrom(event.target.value)} />
      <TextField
        className="w-40"
        label="To, inclusive (UTC)"
        type="date"
        required
        value={to}
        onChange={(event) => setTo(event.target.value)}
      />
      <Button type="submit" needs="admin" className="mb-0.5" disabled={pending || !valid}>
        {pending ? "Calculating" : "Preview changes"}
      </Button>
    </form>
  );
}
