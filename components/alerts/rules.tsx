"use client";
import { Plus } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { useAlertActs, useAlertChannels, useAlertPreview } from "@/lib/client/hooks/use-alerts";
import type { AlertRule, NewAlertRule } from "@/lib/core/alerts/rule";
import { useAddRules } from "./active-alerts";
import { OfferedRules } from "./offered-rules";
import { RuleForm } from "./rule-form";
import { RuleList } from "./rule-list";
import { RulePreview } from "./rule-preview";

type Editing = { readonly rule: AlertRule | null };

/** The rules: made with a look back, changed, switched off, deleted. */
export function Rules({ rules }: { readonly rules: readonly AlertRule[] | null }) {
  const { changeRule } = useAlertActs();
  const offered = useAddRules();
  const [editing, setEditing] = useState<Editing | null>(null);
  const [ending, setEnding] = useState<AlertRule | null>(null);
  if (rules === null) return <SkeletonRows rows={4} />;
  return (
    <>
      <div className="flex items-center">
        <p className="mr-auto text-muted">What raises an alert, and at which threshold.</p>
        <Button look="solid" needs="admin" onClick={() => setEditing({ rule: null })}>
          <Plus aria-hidden size={14} />
          New rule
        </Button>
      </div>
      {changeRule.error && <ErrorState title="The rule could not be changed." error={changeRule.error} />}
      {rules.length === 0 && <OfferedRules busy={offered.busy} onAdd={offered.add} />}
      {rules.length > 0 && (
        <RuleList
          rules={rules}
          busy={changeRule.isPending}
          onEdit={(rule) => setEditing({ rule })}
          onSwitch={({ id, enabled }) => changeRule.mutate({ id, change: { enabled: !enabled } })}
          onDelete={setEnding}
        />
      )}
      {editing && <RuleDialog rule={editing.rule} onClose={() => setEditing(null)} />}
      {ending && <DeleteRuleDialog rule={ending} onClose={() => setEnding(null)} />}
    </>
  );
}

function RuleDialog({ rule, onClose }: { readonly rule: AlertRule | null; readonly onClose: () => void }) {
  const { createRule, changeRule } = useAlertActs();
  const channels = useAlertChannels();
  const saved = () => {
    toast({ text: rule === null ? "Rule created." : "Rule saved.", tone: "good" });
    onClose();
  };
  const save = (wanted: NewAlertRule) => {
    if (rule === null) return createRule.mutate(wanted, { onSuccess: saved });
    const { kind: _kind, ...change } = wanted;
    changeRule.mutate({ id: rule.id, change }, { onSuccess: saved });
  };
  const error = createRule.error ?? changeRule.error;
  return (
    <Dialog
      open
      busy={createRule.isPending || changeRule.isPending}
      onOpenChange={onClose}
      title={rule === null ? "New rule" : "Edit rule"}
      className="sm:w-[40rem]"
    >
      <RuleForm
        rule={rule}
        channels={channels.data?.channels ?? []}
        pending={createRule.isPending || changeRule.isPending}
        onSave={save}
        preview={(wanted) => <LookBack rule={wanted} />}
      />
      {error && <ErrorState className="mt-3" title="The rule could not be saved." error={error} />}
    </Dialog>
  );
}

/** Follows what is being written a little behind, so that typing stays quick. */
function LookBack({ rule }: { readonly rule: NewAlertRule | null }) {
  const asked = useDeferredValue(rule === null ? null : { ...rule, name: "Look back", channels: [], enabled: true });
  const { data, error, isFetching } = useAlertPreview(asked);
  return <RulePreview preview={asked === null ? null : (data ?? null)} error={asked === null ? null : error} stale={isFetching} />;
}

function DeleteRuleDialog({ rule, onClose }: { readonly rule: AlertRule; readonly onClose: () => void }) {
  const { deleteRule } = useAlertActs();
  return (
    <ConfirmDialog
      title={`Delete "${rule.name}"?`}
      description="Its active alerts end. Its history stays."
      action="Delete rule"
      doing="Deleting"
      failed="The rule could not be deleted."
      mutation={deleteRule}
      onConfirm={() => deleteRule.mutate(rule.id, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
