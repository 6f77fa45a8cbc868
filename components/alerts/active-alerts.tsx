"use client";
import { BellRing } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import { toast } from "@/components/ui/toast";
import { useAlertActs } from "@/lib/client/hooks/use-alerts";
import type { Alert } from "@/lib/core/alerts/alert";
import type { AlertRule, NewAlertRule } from "@/lib/core/alerts/rule";
import { AlertRows } from "./alert-rows";
import { OfferedRules } from "./offered-rules";
import type { AlertMarks } from "./use-alert-marks";

type ActiveAlertsProps = {
  readonly alerts: readonly Alert[];
  /** null = not known yet. */
  readonly rules: readonly AlertRule[] | null;
  readonly marks: AlertMarks;
  readonly onOpen: (id: string) => void;
};

/** What fires; without rules those that suit most projects. */
export function ActiveAlerts({ alerts, rules, marks, onOpen }: ActiveAlertsProps) {
  const addRules = useAddRules();
  if (alerts.length > 0) return <AlertRows label="Active alerts" alerts={alerts} marks={marks} onOpen={onOpen} />;
  if (rules?.length === 0) return <OfferedRules busy={addRules.busy} onAdd={addRules.add} />;
  const watching = rules?.filter((rule) => rule.enabled).length ?? 0;
  return (
    <EmptyState icon={BellRing} title="No active alerts">
      {watching === 0
        ? "Every rule is switched off."
        : `${watching === 1 ? "1 rule is" : `${watching} rules are`} on. New alerts appear here.`}
    </EmptyState>
  );
}

/** Makes rules and says what came of it. */
export function useAddRules() {
  const { createRule } = useAlertActs();
  const add = (rules: readonly NewAlertRule[]) => {
    Promise.all(rules.map((rule) => createRule.mutateAsync(rule))).then(
      () => toast({ text: rules.length === 1 ? "Rule created." : `${rules.length} rules created.`, tone: "good" }),
      (error: Error) =>
        toast({
          text: `${rules.length === 1 ? "The rule could not be created" : "Some rules could not be created"}: ${error.message}`,
          tone: "bad",
        }),
    );
  };
  return { add, busy: createRule.isPending };
}
