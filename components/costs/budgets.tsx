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
    toast({ text: `The budget ${name} counts from now on.`, tone: "good" });
  };
  const deleted = (name: string) => {
    setEnding(null);
    toast({ text: `The budget ${name} is deleted.` });
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
        <ErrorState className="mt-2" title="The budgets could not be read." error={list.error} onRetry={() => void list.refetch()} />
      )}
      {list.data?.budgets.length === 0 && (
        <p className="mt-2 text-muted">None yet. A run that crosses a budget says so at once, and can be asked to pause or stop.</p>
      )}
      <ul className="mt-2">
        {list.data?.budgets.map((budget) => (
          <BudgetRow key={budget.id} budget={budget} onEnd={() => setEnding(budget)} />
        ))}
      </ul>
      {list.data?.budgets.some((budget) => budget.overshoot !== null) && (
        <p className="mt-2 text-faint text-meta">
          May overshoot: each agent that has spent in a run under way may have one call open. Such a call may cost as much as the most
          expensive one of the last hour (where an agent made several in a minute, their mean), or what its own max_tokens allow, where that
          is more.
        </p>
      )}
      {list.data && list.data.reported.length > 0 && <ReportedBudgets reported={list.data.reported} />}
      {making && (
        <Dialog
          open
          busy={create.isPending}
          onOpenChange={close}
          title="New budget"
          description="It counts what is reported from now on, including estimates."
        >
          <BudgetForm
            pending={create.isPending}
            onCreate={(budget) => create.mutate(budget, { onSuccess: () => created(budget.name) })}
            preview={(wanted) => <BudgetPreview budget={wanted} />}
          />
          {create.error && <ErrorState className="mt-3" title="The budget could not be made." error={create.error} />}
        </Dialog>
      )}
      {ending && (
        <ConfirmDialog
          title={`Delete "${ending.name}"?`}
          description="Its counts are deleted too. What runs were told stays with them."
          action="Delete the budget"
          doing="Deleting"
          failed="The budget was not deleted."
          mutation={remove}
          onConfirm={() => remove.mutate(ending.id, { onSuccess: () => deleted(ending.name) })}
          onClose={() => setEnding(null)}
        />
      )}
    </section>
  );
}
