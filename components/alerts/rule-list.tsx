import { Pencil, Trash2 } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { SafeText } from "@/components/ui/safe-text";
import type { AlertRule } from "@/lib/core/alerts/rule";
import { kindWords } from "./alert-looks";
import { ruleWords } from "./rule-words";

type RuleListProps = {
  readonly rules: readonly AlertRule[];
  readonly busy: boolean;
  readonly onEdit: (rule: AlertRule) => void;
  readonly onSwitch: (rule: AlertRule) => void;
  readonly onDelete: (rule: AlertRule) => void;
};

export function RuleList({ rules, busy, onEdit, onSwitch, onDelete }: RuleListProps) {
  return (
    <ul aria-label="Rules" className="divide-y overflow-hidden rounded-box border bg-panel">
      {rules.map((rule) => (
        <li key={rule.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
          <div className="min-w-0 flex-1 basis-64">
            <p className="flex items-center gap-2">
              <span className="truncate font-medium">
                <SafeText text={rule.name} />
              </span>
              {rule.firing > 0 && <Badge tone="failed">{rule.firing} firing</Badge>}
              {!rule.enabled && <Badge>Off</Badge>}
            </p>
            <p className="text-meta text-muted">
              {kindWords[rule.kind]}: <SafeText text={ruleWords(rule)} />
            </p>
          </div>
          <span className="text-meta text-muted">
            {rule.channels.length === 0
              ? "this page only"
              : `${rule.channels.length} ${rule.channels.length === 1 ? "channel" : "channels"}`}
          </span>
          <span className="flex items-center gap-1">
            <Button
              size="small"
              once
              needs="admin"
              disabled={busy}
              aria-label={`Switch ${rule.enabled ? "off" : "on"} ${rule.name}`}
              onClick={() => onSwitch(rule)}
            >
              {rule.enabled ? "Switch off" : "Switch on"}
            </Button>
            <IconButton label={`Edit ${rule.name}`} needs="admin" onClick={() => onEdit(rule)}>
              <Pencil size={14} />
            </IconButton>
            <IconButton label={`Delete ${rule.name}`} needs="admin" onClick={() => onDelete(rule)}>
              <Trash2 size={14} />
            </IconButton>
          </span>
        </li>
      ))}
    </ul>
  );
}
