"use client";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { DialogCancel } from "@/components/ui/dialog";
import { SelectField, TextField } from "@/components/ui/field";
import { windowWords } from "@/lib/core/budgets/amount-words";
import type { NewBudget } from "@/lib/core/budgets/budget";
import { budgetActions, budgetScopes, budgetUnits, budgetWindows } from "@/lib/core/budgets/words";
import { actionWords, amountOf, scopeWords, unitWords } from "./budget-words";
import { Segments } from "./segments";

type BudgetFormProps = {
  readonly pending: boolean;
  readonly onCreate: (budget: NewBudget) => void;
  /** How often what is written now would have been crossed; null = it is not whole. */
  readonly preview: (budget: NewBudget | null) => ReactNode;
};

const thresholds = [50, 80, 100] as const;

export function BudgetForm({ pending, onCreate, preview }: BudgetFormProps) {
  const [name, setName] = useState("");
  const [scope, setScope] = useState<NewBudget["scope"]>("project");
  const [target, setTarget] = useState("");
  const [unit, setUnit] = useState<NewBudget["unit"]>("dollars");
  const [written, setWritten] = useState("");
  const [window, setWindow] = useState<NewBudget["window"]>("day");
  const [action, setAction] = useState<NewBudget["action"]>("notify");
  const [actionAt, setActionAt] = useState(100);
  const amount = amountOf(unit, written);
  const named = scope === "agent" || scope === "session";
  const wanted: NewBudget | null =
    amount === null
      ? null
      : {
          ...{ name: name.trim(), scope, unit, amount, action, actionAt, thresholds: [...thresholds] },
          target: named && target.trim() !== "" ? target.trim() : null,
          window: scope === "run" ? "total" : window,
        };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted) onCreate(wanted);
      }}
    >
      <TextField
        className="min-w-32 flex-1"
        label="Name"
        required
        data-autofocus
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <div>
        <span className="mb-1 block text-meta text-muted">Scope</span>
        <Segments label="Scope" values={budgetScopes} words={scopeWords} value={scope} onChange={setScope} />
      </div>
      {named && (
        <TextField
          className="min-w-32 flex-1"
          label={`Only this ${scope} (empty: each separately)`}
          maxLength={200}
          value={target}
          onChange={(event) => setTarget(event.target.value)}
        />
      )}
      <div className="flex flex-wrap items-end gap-3">
        <TextField
          className="min-w-32 flex-1"
          label={unit === "dollars" ? "Amount ($)" : "Amount (tokens)"}
          required
          inputMode="decimal"
          value={written}
          onChange={(event) => setWritten(event.target.value)}
        />
        <Segments label="Unit" values={budgetUnits} words={unitWords} value={unit} onChange={setUnit} />
        {scope !== "run" && <Segments label="Period" values={budgetWindows} words={windowWords} value={window} onChange={setWindow} />}
      </div>
      <div className="flex flex-wrap items-end gap-3">
        <SelectField
          className="min-w-40 flex-1"
          label="Action"
          value={action}
          onChange={(event) => setAction(budgetActions.find((each) => each === event.target.value) ?? "notify")}
        >
          {budgetActions.map((each) => (
            <option key={each} value={each}>
              {actionWords[each]}
            </option>
          ))}
        </SelectField>
        {action !== "notify" && (
          <SelectField className="w-28" label="At" value={actionAt} onChange={(event) => setActionAt(Number(event.target.value))}>
            {thresholds.map((each) => (
              <option key={each} value={each}>
                {each} %
              </option>
            ))}
          </SelectField>
        )}
      </div>
      {preview(wanted)}
      <p className="text-meta text-muted">
        At 50, 80 and 100 %, the run that crosses it, alert rules and budget.crossed webhooks are notified once each. A pause or cancel is
        requested for every run it counts: active runs, and runs that start while it stays spent. Days and months are in UTC.
      </p>
      <div className="flex justify-end gap-2">
        <DialogCancel>Cancel</DialogCancel>
        <Button look="solid" type="submit" disabled={pending || name.trim() === "" || wanted === null}>
          {pending ? "Creating budget" : "Create budget"}
        </Button>
      </div>
    </form>
  );
}
