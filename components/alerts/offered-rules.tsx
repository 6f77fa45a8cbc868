import { Button } from "@/components/ui/button";
import { defaultRules } from "@/lib/core/alerts/default-rules";
import type { NewAlertRule } from "@/lib/core/alerts/rule";
import { ruleWords } from "./rule-words";

type OfferedRulesProps = { readonly busy: boolean; readonly onAdd: (rules: readonly NewAlertRule[]) => void };

/** What most want to be told of, each to be had by one press. */
export function OfferedRules({ busy, onAdd }: OfferedRulesProps) {
  return (
    <section aria-label="Suggested rules" className="mx-auto w-full max-w-2xl py-6">
      <h2 className="font-medium text-title">No alert rules yet</h2>
      <p className="mt-1 text-muted">
        A rule watches runs, sources or budgets and fires when a figure reaches its threshold. These suit most projects. You can edit each
        one later.
      </p>
      <ul className="mt-4 divide-y overflow-hidden rounded-box border bg-panel">
        {defaultRules.map((rule) => (
          <li key={rule.name} className="flex items-center gap-3 px-3 py-2">
            <span className="min-w-0 flex-1">
              <span className="block font-medium">{rule.name}</span>
              <span className="block text-meta text-muted">{ruleWords(rule)}</span>
            </span>
            <Button size="small" needs="admin" disabled={busy} aria-label={`Add ${rule.name}`} onClick={() => onAdd([rule])}>
              Add
            </Button>
          </li>
        ))}
      </ul>
      <div className="mt-4">
        <Button look="solid" needs="admin" disabled={busy} onClick={() => onAdd(defaultRules)}>
          Add all five
        </Button>
      </div>
    </section>
  );
}
