"use client";
import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { toast } from "@/components/ui/toast";
import { useBudgets } from "@/lib/client/hooks/use-budgets";
import type { BudgetList } from "@/lib/core/budgets/budget";
import { BudgetForm } from "./budget-form";
import { BudgetPreview } from "./budget-preview";
import { BudgetRow } from "./budget-row";
import { ReportedBudgets } from "./reported-budgets";

type Listed = BudgetList["budgets"][number];

/** What may be spent, how much of it is, and what was crossed last. */
export function Budgets() {
  const { list, create, remove } = useBudgets();
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<Listed | null>(null);
  const close = () => {
    setMaking(false);
    create.reset();
  };
  const created = (name: string) => {
    close();
    toast({ text: `Budget ${name} created.`, tone: "good" });
  };
  const deleted = (name: string) => {
    setEnding(null);
    toast({ text: `Budget ${name} deleted.` });
  };
  return (
    <section aria-label="Budgets">
      <div className="flex items-center gap-2">
        <h2 className="mr-auto font-medium">Budgets</h2>
        <Button needs="admin" onClick={() => setMaking(true)}>
          <Plus aria-hidden size={14} />
          New budget
        </Button>
      </div>
      {list.error && (
        <ErrorState className="mt-2" title="The budgets could not be loaded." error={list.error} onRetry={() => void list.refetch()} />
      )}
      {list.data?.budgets.length === 0 && (
        <p className="mt-2 text-muted">No budgets yet. A run that crosses a budget shows it at once and can be asked to pause or cancel.</p>
      )}
      <ul className="mt-2">
        {list.data?.budgets.map((budget) => (
          <BudgetRow key={budget.id} budget={budget} onEnd={() => setEnding(budget)} />
        ))}
      </ul>
      {list.data?.budgets.some((budget) => budget.overshoot !== null) && (
        <p className="mt-2 text-faint text-meta">
          Overshoot: each agent that has spent in an active run may have one call open. That call can cost as much as the most expensive one
          of the last hour (the mean, if an agent made several in a minute), or what its own max_tokens allows, if that is more.
        </p>
      )}
      {list.data && list.data.reported.length > 0 && <ReportedBudgets reported={list.data.reported} />}
      {making && (
        <Dialog
          open
          busy={create.isPending}
          onOpenChange={close}
          title="New budget"
          description="It counts usage reported from now on, including estimates."
        >
          <BudgetForm
            pending={create.isPending}
            onCreate={(budget) => create.mutate(budget, { onSuccess: () => created(budget.name) })}
            preview={(wanted) => <BudgetPreview budget={wanted} />}
          />
          {create.error && <ErrorState className="mt-3" title="The budget could not be created." error={create.error} />}
        </Dialog>
      )}
      {ending && (
        <ConfirmDialog
          title={`Delete "${ending.name}"?`}
          description="Its counts are deleted too. Runs keep the crossings they were told of."
          action="Delete budget"
          doing="Deleting"
          failed="The budget could not be deleted."
          mutation={remove}
          onConfirm={() => remove.mutate(ending.id, { onSuccess: () => deleted(ending.name) })}
          onClose={() => setEnding(null)}
        />
      )}
    </section>
  );
}
